using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Examples.Tests;

/// <summary>
/// The cmdlets in other time zones and cultures: comparing times with Get-Date is right everywhere, and numbers, keys, statuses, rows and files mean
/// the same. Where .NET has no culture data (no ICU), a culture with the decimal comma and the dates of de-DE is made by hand.
/// </summary>
public sealed class TimeZoneTests
{
    private const string UseCulture = """
        try { [cultureinfo]::CurrentCulture = [cultureinfo]::new('CULTURE') } catch [Globalization.CultureNotFoundException] { }
        if ([cultureinfo]::CurrentCulture.NumberFormat.NumberDecimalSeparator -ne ',') {
            $own = [cultureinfo]::InvariantCulture.Clone()
            $own.NumberFormat.NumberDecimalSeparator = ','
            $own.NumberFormat.NumberGroupSeparator = '.'
            $own.DateTimeFormat.ShortDatePattern = 'dd.MM.yyyy'
            $own.TextInfo.ListSeparator = ';'
            [cultureinfo]::CurrentCulture = $own
        }

        """;

    private const string Script = UseCulture + """
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

    // Errors are shown as their message, in one line.
    private const string MeaningScript = UseCulture + """
        "Turkish: $('I'.ToLower() -ceq [char]0x131)"
        Import-Module AppRunner
        $WarningPreference = 'Ignore'
        $image = 'public.ecr.aws/nginx/nginx:1'
        $fast = @{ Wait = $true; PollInterval = '20ms' }
        $folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
        function Show([string] $name, [scriptblock] $block) {
            try { $text = (& $block 2>&1 | ForEach-Object { "$_".Trim() }) -join '; ' } catch { $text = "$_" }
            "$name`: $($text -replace '\s+', ' ')"
        }
        $null = Start-ARLocalEndpoint -OperationDuration 0
        Show Number { (New-ARService site1 $image -Cpu 0.25 -Memory 0.5 @fast).InstanceConfiguration }
        Show Text { (New-ARService site2 $image -Cpu '0.25' -Memory '0.5 GB' @fast).InstanceConfiguration }
        Show View { ((Get-ARService site1 | Format-List | Out-String) -split "`n" -match '^Instance ') }
        Show Comma { New-ARService site3 $image -Cpu '0,25' }
        Show List { New-ARService site3 $image -Cpu 0,25 }
        Show Keys { @{ serviceNAME = 'site4'; imageIDENTIFIER = $image; INSTANCECONFIGURATION = @{ CPU = [double]0.25; memory = [decimal]0.5 }; healthcheckCONFIGURATION = @{ PROTOCOL = 'http'; INTERVAL = '7' } } |
            New-ARService @fast | ForEach-Object { "$($_.InstanceConfiguration), $($_.HealthCheckConfiguration)" } }
        Show Typing { @{ servicename = 'site5'; imageidentifier = $image; INSTANCECONFIGURATOIN = @{} } | New-ARService }
        Show Row { "ServiceName,ImageIdentifier,Cpu,Memory,AutoDeploymentsEnabled`nsite6,$image,0.25,0.5,FALSE" | ConvertFrom-Csv | New-ARService @fast | ForEach-Object InstanceConfiguration }
        Show CultureRow { [pscustomobject]@{ ServiceName = 'site7'; ImageIdentifier = $image; Cpu = 512; Memory = 1024 } | ConvertTo-Csv -UseCulture | ConvertFrom-Csv -UseCulture |
            New-ARService @fast | ForEach-Object InstanceConfiguration }
        Show Status { @(Get-ARService -Status running).Count; @(Get-ARService site1, site2 -Status PAUSED).Count; (Get-AROperation site1 -Type create_service -Status SUCCEEDED).Type }
        Show Provider { (New-ARConnection gitconn github).ProviderType; (New-ARConnection bitconn bitbucket).ProviderType; (Approve-ARConnection bitconn).Status }
        Show Metric { Get-ARServiceMetric site1 cpuutilization -Statistic minimum }
        Show Kind { (Get-ARServiceLog site1 -Kind deployment -Tail 1).Kind; (Get-ARServiceLog site1 -Kind APPLICATION).Count }
        Show Domain { (Add-ARCustomDomain site1 SHOP.INFO.example.com).DomainName; @(Get-ARCustomDomain site1 shop.info.example.com).Count }
        Show Export { Get-ARService site1 | Export-ARService -Format CreateService -Path $folder/own | Out-Null; @(Compare-ARService -Path $folder/own/site1.create-service.json).Count; (Publish-ARService -Path $folder/own/site1.create-service.json).Status }
        Show Difference { @{ servicename = 'site1'; imageidentifier = $image; cpu = 0.5; memory = '1' } | Compare-ARService }
        $here = [cultureinfo]::CurrentCulture
        foreach ($format in 'CloudFormation', 'Terraform', 'EcsExpressCloudFormation', 'EcsExpressTerraform') {
            $texts = foreach ($culture in $here, [cultureinfo]::InvariantCulture) {
                [cultureinfo]::CurrentCulture = $culture
                $path = Join-Path $folder ([guid]::NewGuid())
                Get-ARService site4 | Export-ARService -Format $format -Path $path | Out-Null
                (Get-ChildItem $path -Recurse -File | Sort-Object Name | Get-Content -Raw) -join ''
            }
            [cultureinfo]::CurrentCulture = $here
            "$format`: $($texts[0].Length -gt 0 -and $texts[0] -ceq $texts[1])"
        }
        Show Clixml { Get-ARService site1 | Export-Clixml $folder/x.xml; (Import-Clixml $folder/x.xml | Update-ARService -Cpu 0.5 -Memory 1 @fast).InstanceConfiguration }
        Show Duration { Wait-AROperation site1 -Timeout '1,5'; (Wait-AROperation site1 -Timeout 1.5).Status; (Wait-AROperation site1 -Timeout 1M).Status }
        Show Ago { $metric = Get-ARServiceMetric site1 Requests -Since 2H -Until 30m; [int]($metric.EndTime - $metric.StartTime).TotalMinutes -in 90..93 }
        Show DayFirst { Get-ARServiceMetric site1 Requests -Since '01.12.2026' }
        Show YearFirst { (Get-ARServiceMetric site1 Requests -Since '2026-12-01 10:00' -Until '2026-12-01 11:00' -Period 1m).StartTime.ToString('s') }
        Show ClockChange { $metric = Get-ARServiceMetric site1 Requests -Since '2026-11-01 00:00' -Until '2026-11-01 03:00' -Period 1h; ($metric.EndTime.ToUniversalTime() - $metric.StartTime.ToUniversalTime()).TotalHours; $metric.Sparkline.Length }
        Show TwiceWithOffset { (Get-ARServiceMetric site1 Requests -Since '2026-11-01 01:30 -04:00' -Until '2026-11-01 01:30 -05:00' -Period 1m | Format-List | Out-String) -split "`n" -match 'Time +:' }
        Show Twice { (Get-ARServiceMetric site1 Requests -Since '2026-11-01 01:30' -Until '2026-11-01 06:30' -Period 1m).StartTime.ToUniversalTime().ToString('s') }
        Show Skipped { (Get-ARServiceMetric site1 Requests -Since '2026-03-08 02:30' -Until '2026-03-08 06:30' -Period 1m).StartTime.ToUniversalTime().ToString('s') }
        Stop-ARLocalEndpoint
        Remove-Item $folder -Recurse
        """;

    [Theory]
    [InlineData("Asia/Tokyo", "tr-TR", @"\+09:00")]
    [InlineData("America/New_York", "de-DE", @"-0[45]:00")]
    [InlineData("Asia/Kolkata", "fi-FI", @"\+05:30")]
    public async Task Times_are_local_in_every_time_zone(string zone, string culture, string offset)
    {
        var run = await PwshProcess.Run(
            ["-Command", Script.Replace("CULTURE", culture, StringComparison.Ordinal).Replace("OFFSET", offset, StringComparison.Ordinal)],
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

    [Theory]
    [InlineData("Asia/Tokyo", "tr-TR", "3; 3", "StartTime : 2026-11-01 14:30:00 +09:00; EndTime : 2026-11-01 15:30:00 +09:00", "2026-10-31T16:30:00", "2026-03-07T17:30:00")]
    [InlineData("America/New_York", "de-DE", "4; 4", "StartTime : 2026-11-01 01:30:00 -04:00; EndTime : 2026-11-01 01:30:00 -05:00", "2026-11-01T06:30:00", "2026-03-08T07:30:00")]
    public async Task Numbers_keys_rows_files_and_times_mean_the_same_in_every_culture(string zone, string culture, string hours, string twiceWithOffset, string twice, string skipped)
    {
        var run = await PwshProcess.Run(["-Command", MeaningScript.Replace("CULTURE", culture, StringComparison.Ordinal)], [KeyValuePair.Create("TZ", zone)]);

        Assert.SkipWhen(culture == "tr-TR" && run.OutputLines[0] == "Turkish: False", "This .NET has no culture data (ICU), so it has no language in which the lower case of I is not i.");
        run.Error.ShouldBeEmpty();
        var lines = run.OutputLines.Skip(1).ToDictionary(line => line.Split(':')[0], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        lines["Comma"].ShouldContain("InstanceConfiguration.Cpu: '0,25' must be one of");
        lines["Comma"].ShouldContain("0.25");
        lines["List"].ShouldContain("Write a decimal point: 0.25");
        lines["Typing"].ShouldContain("Did you mean \"InstanceConfiguration\"?");
        lines["Duration"].ShouldContain("'1,5' is not a duration.");
        lines["DayFirst"].ShouldContain("'01.12.2026' can be 2026-01-12 or 2026-12-01. Write the year first, such as '2026-12-01'.");
        lines.Where(line => line.Key is not ("Comma" or "List" or "Typing" or "Duration" or "DayFirst")).Select(line => $"{line.Key}: {line.Value}").ShouldBe([
            "Number: 0.25 vCPU, 0.5 GB",
            "Text: 0.25 vCPU, 0.5 GB",
            "View: Instance : 0.25 vCPU, 0.5 GB",
            "Keys: 0.25 vCPU, 0.5 GB, HTTP / every 7 s",
            "Row: 0.25 vCPU, 0.5 GB",
            "CultureRow: 0.5 vCPU, 1 GB",
            "Status: 5; 0; CREATE_SERVICE",
            "Provider: GITHUB; BITBUCKET; AVAILABLE",
            "Metric: CPUUtilization Minimum",
            "Kind: Deployment; 0",
            "Domain: SHOP.INFO.example.com; 1",
            "Export: 0; RUNNING",
            "Difference: InstanceConfiguration.Cpu: 256 -> 512; InstanceConfiguration.Memory: 512 -> 1024",
            "CloudFormation: True",
            "Terraform: True",
            "EcsExpressCloudFormation: True",
            "EcsExpressTerraform: True",
            "Clixml: 0.5 vCPU, 1 GB",
            "Ago: True",
            "YearFirst: 2026-12-01T10:00:00",
            "ClockChange: " + hours,
            "TwiceWithOffset: " + twiceWithOffset,
            "Twice: " + twice,
            "Skipped: " + skipped,
        ]);
    }
}
