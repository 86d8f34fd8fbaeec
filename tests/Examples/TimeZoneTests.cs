using System.Collections.Generic;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Examples.Tests;

/// <summary>Times are local: comparing them with Get-Date is right in every time zone.</summary>
public sealed class TimeZoneTests
{
    private const string Script = """
        [cultureinfo]::CurrentCulture = [cultureinfo]::new('CULTURE')
        Import-Module AppRunner
        $endpoint = Start-ARLocalEndpoint -OperationDuration 0
        $service = New-ARService site public.ecr.aws/nginx/nginx:1 -Wait -PollInterval 0.02 -WarningAction Ignore
        $null = Suspend-ARService site -Wait -PollInterval 0.02
        $operation = Get-AROperation site | Select-Object -First 1
        $scaling = New-ARAutoScalingConfiguration high -MaxConcurrency 50
        $line = Get-ARServiceLog site | Select-Object -First 1
        $probe = Test-ARService site -WarningAction Ignore -ErrorAction Ignore
        $times = [ordered]@{
            Created = $service.CreatedAt; Updated = (Get-ARService site).UpdatedAt; Listed = (Get-ARService)[0].UpdatedAt
            Started = $operation.StartedAt; Ended = $operation.EndedAt; Scaling = $scaling.CreatedAt
            Line = $line.Timestamp; Probe = $probe.StartedAt; Endpoint = $endpoint.StartedAt
        }
        foreach ($name in $times.Keys) {
            $time = $times[$name]
            $age = ((Get-Date) - $time).TotalMinutes
            "$name $($time.Kind) $($age -ge -0.1 -and $age -lt 5)"
        }
        "Old $(@(Get-ARService | Where-Object UpdatedAt -lt (Get-Date).AddHours(-1)).Count)"
        "Since $(@(Get-ARServiceLog site -Since $service.CreatedAt.AddMinutes(-1)).Count -gt 0) $(@(Get-ARServiceLog site -Since (Get-Date).AddMinutes(1)).Count)"
        "Until $(@(Get-ARServiceLog site -Until 5m).Count) $(@(Get-ARServiceLog site -Until (Get-Date)).Count -gt 0)"
        $copy = $service | ConvertTo-Json -Depth 20 | ConvertFrom-Json
        $copy.ServiceName = 'copy'
        "Json $(($copy | New-ARService -Wait -PollInterval 0.02).Status) $($copy.CreatedAt.ToUniversalTime() -eq $service.CreatedAt.ToUniversalTime())"
        $file = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
        $service | Export-Clixml $file
        "Clixml $((Import-Clixml $file).CreatedAt -eq $service.CreatedAt)"
        Remove-Item $file
        "View $(($operation | Format-Table StartedAt, Id | Out-String) -ne '') $(($operation | Out-String -Width 120) -match 'OFFSET')"
        "List $(($operation | Format-List | Out-String -Width 120) -match '\d\d:\d\d:\d\d OFFSET')"
        "Duration $($operation.Duration.TotalMinutes -lt 1)"
        Stop-ARLocalEndpoint
        """;

    [Theory]
    [InlineData("Asia/Tokyo", "tr-TR", @"\+09:00")]
    [InlineData("America/New_York", "de-DE", @"-0[45]:00")]
    [InlineData("Asia/Kolkata", "fi-FI", @"\+05:30")]
    public async Task Times_are_local_in_every_time_zone(string zone, string culture, string offset)
    {
        var run = await PwshProcess.Run(
            ["-Command", Script.Replace("CULTURE", culture, System.StringComparison.Ordinal).Replace("OFFSET", offset, System.StringComparison.Ordinal)],
            [KeyValuePair.Create("TZ", zone)]);

        run.Error.ShouldBeEmpty();
        run.OutputLines.ShouldBe([
            "Created Local True",
            "Updated Local True",
            "Listed Local True",
            "Started Local True",
            "Ended Local True",
            "Scaling Local True",
            "Line Local True",
            "Probe Local True",
            "Endpoint Local True",
            "Old 0",
            "Since True 0",
            "Until 0 True",
            "Json RUNNING True",
            "Clixml True",
            "View True True",
            "List True",
            "Duration True",
        ]);
    }
}
