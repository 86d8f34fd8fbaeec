using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Objects down the pipeline of every cmdlet that takes one: hashtables, dictionaries and objects mean the same as the command line.</summary>
public sealed class PipelineInputTests(PipelineInputTests.Resources resources) : IClassFixture<PipelineInputTests.Resources>
{
    private const string Kms = "'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef'";
    private const string Vpc = "VpcId = 'vpc-0123456789abcdef0'; VpcEndpointId = 'vpce-0123456789abcdef0'";

    // For each cmdlet: members that are parameters, and more parameters. With -WhatIf the request is compared, else the output.
    private static readonly Dictionary<string, (string Members, string More)> Samples = new()
    {
        ["Add-ARCustomDomain"] = ("Service = 'pipe-1'; DomainName = 'new.example.com'; EnableWWWSubdomain = $false", ""),
        ["Add-ARResourceTag"] = ("Resource = 'pipe-1'; Tag = @{ team = 'web' }", ""),
        ["Approve-ARConnection"] = ("ConnectionName = 'github'", ""),
        ["Export-ARService"] = ("ServiceName = 'pipe-1'", "-Path $exports -Format CreateService -WarningAction Ignore"),
        ["Get-ARAutoScalingConfiguration"] = ("AutoScalingConfigurationName = 'busy'", ""),
        ["Get-ARConnection"] = ("ConnectionName = 'github'", ""),
        ["Get-ARCustomDomain"] = ("ServiceName = 'pipe-1'; DomainName = 'one.example.com'", ""),
        ["Get-ARObservabilityConfiguration"] = ("ObservabilityConfigurationName = 'tracing'", ""),
        ["Get-AROperation"] = ("ServiceName = 'pipe-1'; OperationId = $operation", ""),
        ["Get-ARResourceTag"] = ("ServiceName = 'pipe-1'", "-TagKey team"),
        ["Get-ARService"] = ("ServiceName = 'pipe-1'", ""),
        ["Get-ARServiceLog"] = ("ServiceName = 'pipe-1'; OperationId = $operation", ""),
        ["Get-ARServiceMetric"] = ("ServiceName = 'pipe-1'", "-Since 2026-03-01 -Until 2026-03-02"),
        ["Get-ARVpcConnector"] = ("VpcConnectorName = 'way-out'", ""),
        ["Get-ARVpcIngressConnection"] = ("VpcIngressConnectionName = 'way-in'", ""),
        ["New-ARAutoScalingConfiguration"] = ("AutoScalingConfigurationName = 'calm'; MaxConcurrency = 50; MinSize = 2; MaxSize = '5'; Tag = @{ team = 'web' }", ""),
        ["New-ARConnection"] = ("ConnectionName = 'bucket'; ProviderType = 'bitbucket'; Tags = @{ team = 'web' }", ""),
        ["New-AREncryptionConfig"] = ($"KmsKey = {Kms}", ""),
        ["New-ARHealthCheckConfig"] = ("Protocol = 'http'; Path = '/up'; Interval = 7; Timeout = '3'; HealthyThreshold = 2; UnhealthyThreshold = 4", ""),
        ["New-ARInstanceConfig"] = ("Cpu = 1024; Memory = '4 GB'; InstanceRoleArn = 'arn:aws:iam::123456789012:role/web'", ""),
        ["New-ARNetworkConfig"] = ("VpcConnectorArn = $connector; IsPubliclyAccessible = $false; IpAddressType = 'ipv4'", ""),
        ["New-ARObservabilityConfiguration"] = ("Name = 'more'; Vendor = 'awsxray'; Tag = @{ team = 'web' }", ""),
        ["New-ARService"] = ($"ServiceName = 'pipe-2'; ImageIdentifier = '{Session.Image}'; Port = 80; EnvironmentVariable = @{{ LEVEL = 'info' }}; Tag = @{{ team = 'web' }}", ""),
        ["New-ARServiceObservabilityConfig"] = ("ObservabilityConfigurationArn = $tracing; ObservabilityEnabled = $true", ""),
        ["New-ARSourceConfig"] = ("RepositoryUrl = 'https://github.com/example/site'; Branch = 'next'; ConnectionArn = $github; Runtime = 'nodejs_22'; BuildCommand = 'npm ci'; Port = 3000; EnvironmentVariable = @{ LEVEL = 'info' }", ""),
        ["New-ARVpcConnector"] = ("VpcConnectorName = 'other'; Subnets = 'subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'; SecurityGroup = 'sg-0123456789abcdef0'; Tag = @{ team = 'web' }", ""),
        ["New-ARVpcIngressConnection"] = ($"VpcIngressConnectionName = 'way-2'; ServiceName = 'pipe-1'; {Vpc}; Tag = @{{ team = 'web' }}", ""),
        ["Compare-ARService"] = ($"ServiceName = 'pipe-1'; ImageIdentifier = '{Session.Image}'; Port = 81; Tag = @{{ team = 'web' }}", ""),
        ["Publish-ARService"] = ($"ServiceName = 'pipe-3'; ImageIdentifier = '{Session.Image}'; Port = 80; EnvironmentVariable = @{{ LEVEL = 'info' }}; Tag = @{{ team = 'web' }}", ""),
        ["Remove-ARAutoScalingConfiguration"] = ("AutoScalingConfigurationName = 'busy'", ""),
        ["Remove-ARConnection"] = ("ConnectionName = 'github'", ""),
        ["Remove-ARCustomDomain"] = ("ServiceName = 'pipe-1'; DomainName = 'one.example.com'", ""),
        ["Remove-ARObservabilityConfiguration"] = ("ObservabilityConfigurationName = 'tracing'", ""),
        ["Remove-ARResourceTag"] = ("ServiceName = 'pipe-1'; TagKey = 'team'", ""),
        ["Remove-ARService"] = ("ServiceName = 'pipe-1'", ""),
        ["Remove-ARVpcConnector"] = ("VpcConnectorName = 'way-out'", ""),
        ["Remove-ARVpcIngressConnection"] = ("VpcIngressConnectionName = 'way-in'", ""),
        ["Resume-ARService"] = ("ServiceName = 'pipe-1'", ""),
        ["Set-ARContext"] = ("Region = 'us-east-1'; UseFipsEndpoint = 'false'; UseDualStackEndpoint = $false", "-PassThru"),
        ["Set-ARDefaultAutoScalingConfiguration"] = ("AutoScalingConfigurationName = 'busy'", ""),
        ["Start-ARDeployment"] = ("ServiceName = 'pipe-1'", ""),
        ["Stop-ARLocalEndpoint"] = ("Port = $port", ""),
        ["Suspend-ARService"] = ("ServiceName = 'pipe-1'", ""),
        ["Test-ARService"] = ("ServiceName = 'pipe-1'", "-Quiet"),
        ["Test-ARServiceMigration"] = ("ServiceName = 'pipe-1'", ""),
        ["Test-ARServiceDefinition"] = ("ServiceName = 'x'", ""),
        ["Update-ARService"] = ("ServiceName = 'pipe-1'; Memory = '4 GB'; Port = 81", ""),
        ["Update-ARVpcIngressConnection"] = ("VpcIngressConnectionName = 'way-in'", "-VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef1"),
        ["Wait-AROperation"] = ("ServiceName = 'pipe-1'; OperationId = $operation", ""),
    };

    public static TheoryData<string> Cmdlets => [.. StagedCmdlets.All.Where(cmdlet => cmdlet.ParameterSets.Any(set => set.Parameters.Any(parameter => parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName))).Select(cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Hashtables_dictionaries_and_objects_mean_the_same_as_the_command_line(string cmdlet)
    {
        var (members, more) = Samples[cmdlet];
        var line = Line(cmdlet, more);
        resources.Session.Run($"$members = @{{ {members} }}").ShouldBeClean();
        var commandLine = cmdlet == "Test-ARServiceDefinition" ? $"{line} -InputObject $members" : $"{line} @members";

        var expected = Shown(commandLine);

        expected.ShouldNotBeEmpty(commandLine);
        foreach (var input in new[]
        {
            "$members",
            $"[ordered]@{{ {members} }}",
            $"[pscustomobject]@{{ {members} }}",
            "$($generic = [System.Collections.Generic.Dictionary[string, object]]::new(); foreach ($key in $members.Keys) { $generic[$key.ToUpperInvariant()] = $members[$key] }; $generic)",
        })
        {
            Shown($"{input} | {line}").ShouldBe(expected, input);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_unknown_key_is_an_error_with_the_nearest_name(string cmdlet)
    {
        var (members, more) = Samples[cmdlet];

        var result = resources.Session.Run($"@{{ {members}; Nonsense = 1 }} | {Line(cmdlet, more)}");

        var text = cmdlet == "Test-ARServiceDefinition" ? string.Join("\n", result.Output) : result.ErrorWith("InvalidParameter").ToString();
        text.ShouldContain("Nonsense");
        text.ShouldContain("not a known member");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Null_and_no_output_never_reach_the_engine(string cmdlet)
    {
        var line = Line(cmdlet, Samples[cmdlet].More);

        resources.Session.Run($"$null | {line}").Errors.Select(error => error.Id()).ShouldAllBe(id => id == "InvalidParameter");
        if (cmdlet is not ("Test-ARServiceDefinition" or "Set-ARContext"))
            resources.Session.Run($"@() | {line}").ShouldBeClean().Output.ShouldBeEmpty();
    }

    private static string Line(string cmdlet, string more) =>
        cmdlet + (StagedCmdlets.Of(cmdlet).Declaration().SupportsShouldProcess ? " -WhatIf -Verbose" : string.Empty) + " " + more;

    // What a user sees: the request in the verbose stream and the target of -WhatIf, or the output.
    private string Shown(string script)
    {
        resources.Session.Host.Screen.Clear();
        var result = resources.Session.Run($"{script} | ConvertTo-Json -Depth 9");
        result.ShouldBeClean();
        return string.Join("\n", [.. result.Verbose, .. resources.Session.Host.Screen, .. result.Output.Select(output => output?.ToString())]);
    }

    /// <summary>One session with a resource of each kind.</summary>
    public sealed class Resources : IAsyncLifetime
    {
        internal Session Session { get; } = Session.Local("-OperationDuration 0");

        public ValueTask InitializeAsync()
        {
            Session["port"] = Session.Endpoint.Port;
            Session["exports"] = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "never-written");
            Session["github"] = Session.NewConnection();
            Session.Run($$"""
                $null = New-ARAutoScalingConfiguration busy
                $tracing = (New-ARObservabilityConfiguration tracing).ObservabilityConfigurationArn
                $connector = (New-ARVpcConnector way-out subnet-0123456789abcdef0).VpcConnectorArn
                $operation = (New-ARService pipe-1 {{Session.Image}} -Tag @{ team = 'web' } -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } } -Wait -PollInterval 0.02 -WarningAction Ignore | Get-AROperation).Id
                $null = New-ARVpcIngressConnection way-in pipe-1 {{PrivateService.Vpc}} -Wait -PollInterval 0.02
                $null = Add-ARCustomDomain pipe-1 one.example.com
                """).ShouldBeClean();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Session.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
