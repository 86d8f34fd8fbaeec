using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Runs every cmdlet in each of its forms, in one session and through a relay that records the requests: first with -WhatIf if the cmdlet supports it, then without.</summary>
public sealed class CmdletRuns : IAsyncLifetime
{
    // The last cmdlet of a pipeline is the tested one.
    private static readonly string[] Lines =
    [
        "New-ARAutoScalingConfiguration busy -MaxSize 10",
        "Get-ARAutoScalingConfiguration",
        "Get-ARAutoScalingConfiguration busy",
        "Set-ARDefaultAutoScalingConfiguration busy",
        "Set-ARDefaultAutoScalingConfiguration DefaultConfiguration",
        "Remove-ARAutoScalingConfiguration busy",

        "New-ARConnection github GITHUB",
        "Get-ARConnection",
        "Remove-ARConnection github",

        "New-ARObservabilityConfiguration tracing",
        "Get-ARObservabilityConfiguration",
        "Get-ARObservabilityConfiguration tracing",
        "Remove-ARObservabilityConfiguration tracing",

        "New-ARVpcConnector way-out subnet-0123456789abcdef0",
        "Get-ARVpcConnector",
        "Remove-ARVpcConnector way-out",

        "New-ARSourceConfig " + Session.Image,
        "New-ARInstanceConfig -Cpu 1024 -Memory 2048",
        "New-ARHealthCheckConfig -Protocol HTTP -Path /health",
        "New-ARNetworkConfig -IsPubliclyAccessible $false",
        "New-AREncryptionConfig arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
        "New-ARServiceObservabilityConfig arn:aws:apprunner:us-east-1:123456789012:observabilityconfiguration/tracing/1/0123456789abcdef0123456789abcdef",
        "@{ ServiceName = 'x' } | Test-ARServiceDefinition",
        "@{ ServiceName = 'x' } | Test-ARServiceDefinition -Quiet",

        $"New-ARService web-1 {Session.Image} -NetworkConfiguration @{{ IngressConfiguration = @{{ IsPubliclyAccessible = $false }} }} -Wait -PollInterval 0.02",
        "Get-ARService",
        "Get-ARService web-1",
        "Get-AROperation web-1",
        "Get-ARServiceLog web-1",
        "Get-ARServiceMetric web-1",
        $"Publish-ARService web-1 {Session.Image} -Port 8081 -Wait -PollInterval 0.02",
        "Compare-ARService web-1 -Port 8082 -Cpu 2 -Memory 4 -ImageIdentifier " + Session.Image,
        "Compare-ARService web-1 -Cpu 1 -Memory 2 -Quiet",
        "Export-ARService web-1 ([IO.Path]::GetTempPath() + 'apprunner-exports') -Format CreateService -Force",
        "Test-ARServiceMigration web-1",
        "Test-ARServiceMigration web-1 -Quiet",
        "Test-ARService web-1",
        "Test-ARService web-1 -Quiet",
        "Update-ARService web-1 -Memory 4096 -Wait -PollInterval 0.02",
        "Start-ARDeployment web-1",
        "Wait-AROperation web-1 -PollInterval 0.02",
        "Suspend-ARService web-1 -Wait -PollInterval 0.02",
        "Resume-ARService web-1 -Wait -PollInterval 0.02",

        $"New-ARVpcIngressConnection way-1 web-1 {PrivateService.Vpc} -Wait -PollInterval 0.02",
        "Get-ARVpcIngressConnection",
        "Get-ARVpcIngressConnection way-1",
        "Update-ARVpcIngressConnection way-1 -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef1 -Wait -PollInterval 0.02",
        "Remove-ARVpcIngressConnection way-1 -Wait -PollInterval 0.02",

        "Add-ARCustomDomain web-1 example.com -Wait -PollInterval 0.02",
        "Get-ARCustomDomain web-1",
        "Get-ARCustomDomain web-1 -DnsRecord",
        "Remove-ARCustomDomain web-1 example.com",

        "Add-ARResourceTag web-1 @{ stage = 'test' }",
        "Get-ARService web-1 | Add-ARResourceTag -Tag @{ team = 'web' } -PassThru",
        "Get-ARResourceTag web-1",
        "Remove-ARResourceTag web-1 stage",
        "'web-1' | Remove-ARResourceTag -TagKey team -PassThru",

        "Remove-ARService web-1 -Wait -PollInterval 0.02",

        "Get-ARContext",
        "Set-ARContext us-east-1 -PassThru",
        "Clear-ARContext",

        // Use the local endpoint directly again, without the relay.
        "New-ARConnection handshake GITHUB",
        "Approve-ARConnection handshake",
        "Start-ARLocalEndpoint",
        "Get-ARLocalEndpoint",
        "Get-ARLocalEndpoint ([uri](Get-ARContext).EndpointUrl).Port | Stop-ARLocalEndpoint",
    ];

    private static readonly HashSet<string> Reading = typeof(AppRunnerRequest).Assembly.GetTypes()
        .Where(type => typeof(AppRunnerRequest).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (AppRunnerRequest)Activator.CreateInstance(type)!)
        .Where(request => !request.ChangesState).Select(request => request.Operation).ToHashSet();

    internal IReadOnlyList<CmdletRun> All { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        using var session = Session.Relayed(out var relay);
        await using var ending = relay;
        var runs = new List<CmdletRun>();
        foreach (var line in Lines)
        {
            var cmdlet = Regex.Match(line.Split('|')[^1].Trim(), @"^\w+-\w+").Value;
            var asks = StagedCmdlets.Of(cmdlet).Declaration().SupportsShouldProcess;
            var whatIf = asks ? Try(line + " -WhatIf") : null;
            runs.Add(new CmdletRun(line, cmdlet, whatIf, Try(line + (asks ? " -Confirm:$false" : string.Empty))));
        }

        All = runs;

        CmdletResult Try(string script)
        {
            var before = relay.Operations.Count;
            session.Host.Screen.Clear();
            var result = session.Run(script);
            return new CmdletResult(result, [.. relay.Operations.Skip(before).Where(operation => !Reading.Contains(operation))], [.. session.Host.Screen]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
