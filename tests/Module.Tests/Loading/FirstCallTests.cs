using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

/// <summary>The preparation of the first call in the background, in new processes.</summary>
public class FirstCallTests
{
    private static readonly string Start = $$"""
        Import-Module '{{StagedModule.Manifest}}'
        $module = (Get-Command New-ARService).ImplementingType.Assembly
        function Show($when) { "STARTED $when " + ($module.GetType('AppRunner.Loading.FirstCall', $true).GetField('started', 'NonPublic, Static').GetValue($null)) }

        """;

    [Fact]
    public async Task Only_a_cmdlet_that_can_call_App_Runner_starts_it()
    {
        var lines = await Probe.StartEmptyAsync(Start + """
            Show 'import'
            $null = Get-Command -Module AppRunner; $null = Get-Help New-ARService
            $null = New-ARHealthCheckConfig -Interval 5; $null = New-ARSourceConfig public.ecr.aws/nginx/nginx:latest; $null = Get-ARContext; $null = Get-ARLocalEndpoint
            Show 'local'
            $null = New-ARService web public.ecr.aws/nginx/nginx:latest -WhatIf -Region eu-west-1 -AccessKey AKIDEXAMPLE -SecretKey secret
            Show 'remote'
            """);

        lines.Where(line => line.StartsWith("STARTED ", StringComparison.Ordinal)).ShouldBe(["STARTED import 0", "STARTED local 0", "STARTED remote 1"]);
    }

    [Fact]
    public async Task What_it_does_fails_nowhere_in_the_private_context()
    {
        var lines = await Probe.StartEmptyAsync(Start + """
            $client = $module.GetType('AppRunner.Loading.PrivateAssemblies', $true).GetProperty('Rehearsal').GetValue($null)
            $null = $client.GetType().GetMethod('Run').Invoke($client, @())
            $null = [AppRunner.Model.Service].Assembly.GetType('AppRunner.Model.Json.WireJson', $true).GetMethod('Rehearse').Invoke($null, @())
            'COMPLETED'
            """);

        lines.ShouldContain("COMPLETED");
        lines.ShouldContain("LOADED AWSSDK.Core");
        lines.Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
