using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Xunit;

namespace AppRunner.Module.Tests.Conformance;

/// <summary>Captures the requests of all cmdlets on the way to a local endpoint.</summary>
public sealed class SentRequests : IAsyncLifetime
{
    // All cmdlets that call App Runner, with all settings that they can send.
    private static readonly string[] Everything =
    [
        """
        $scaling = New-ARAutoScalingConfiguration busy -MaxConcurrency 50 -MinSize 2 -MaxSize 10 -Tag @{ team = 'web' }
        New-ARAutoScalingConfiguration spare
        Get-ARAutoScalingConfiguration
        Get-ARAutoScalingConfiguration busy -Latest
        Get-ARAutoScalingConfiguration $scaling
        Set-ARDefaultAutoScalingConfiguration busy
        Remove-ARAutoScalingConfiguration spare -DeleteAllRevisions -Confirm:$false
        """,
        """
        $tracing = New-ARObservabilityConfiguration tracing AWSXRAY -Tag @{ team = 'web' }
        New-ARObservabilityConfiguration spare
        Get-ARObservabilityConfiguration
        Get-ARObservabilityConfiguration tracing -Latest
        Get-ARObservabilityConfiguration $tracing
        Remove-ARObservabilityConfiguration spare -Confirm:$false
        """,
        """
        $github = New-ARConnection github GITHUB -Tag @{ team = 'web' }
        New-ARConnection spare BITBUCKET
        Get-ARConnection
        Get-ARConnection github
        $endpoint.ApproveConnection($github.ConnectionArn)
        Remove-ARConnection spare -Confirm:$false
        """,
        """
        $connector = New-ARVpcConnector vpc-1 subnet-0123456789abcdef0, subnet-0123456789abcdef1 -SecurityGroups sg-0123456789abcdef0 -Tag @{ team = 'web' }
        New-ARVpcConnector spare subnet-0123456789abcdef0
        Get-ARVpcConnector
        Get-ARVpcConnector $connector
        Remove-ARVpcConnector spare -Confirm:$false
        """,
        """
        @{
            ServiceName = 'web-1'
            SourceConfiguration = @{
                ImageRepository = @{
                    ImageIdentifier = '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/web:1.2'
                    ImageRepositoryType = 'ECR'
                    ImageConfiguration = @{
                        Port = 3000
                        StartCommand = 'npm start'
                        RuntimeEnvironmentVariables = @{ MODE = 'live'; EMPTY = '' }
                        RuntimeEnvironmentSecrets = @{ DB = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' }
                    }
                }
                AutoDeploymentsEnabled = $false
                AuthenticationConfiguration = @{ AccessRoleArn = 'arn:aws:iam::123456789012:role/service-role/AppRunnerECRAccessRole' }
            }
            InstanceConfiguration = @{ Cpu = '1 vCPU'; Memory = '3 GB'; InstanceRoleArn = 'arn:aws:iam::123456789012:role/web' }
            Tags = @{ team = 'web'; empty = '' }
            EncryptionConfiguration = @{ KmsKey = 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef' }
            HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/health'; Interval = 10; Timeout = 5; HealthyThreshold = 2; UnhealthyThreshold = 3 }
            AutoScalingConfigurationArn = $scaling.AutoScalingConfigurationArn
            NetworkConfiguration = @{
                EgressConfiguration = @{ EgressType = 'VPC'; VpcConnectorArn = $connector.VpcConnectorArn }
                IngressConfiguration = @{ IsPubliclyAccessible = $false }
                IpAddressType = 'IPV4'
            }
            ObservabilityConfiguration = @{ ObservabilityEnabled = $true; ObservabilityConfigurationArn = $tracing.ObservabilityConfigurationArn }
        } | New-ARService -Wait -PollInterval 0.02

        @{
            ServiceName = 'site-1'
            SourceConfiguration = @{
                CodeRepository = @{
                    RepositoryUrl = 'https://github.com/example/site'
                    SourceCodeVersion = @{ Type = 'BRANCH'; Value = 'main' }
                    SourceDirectory = 'web'
                    CodeConfiguration = @{
                        ConfigurationSource = 'API'
                        CodeConfigurationValues = @{
                            Runtime = 'NODEJS_22'
                            BuildCommand = 'npm ci'
                            StartCommand = 'npm start'
                            Port = '8081'
                            RuntimeEnvironmentVariables = @{ MODE = 'live' }
                            RuntimeEnvironmentSecrets = @{ DB = 'arn:aws:ssm:us-east-1:123456789012:parameter/db' }
                        }
                    }
                }
                AuthenticationConfiguration = @{ ConnectionArn = $github.ConnectionArn }
            }
            InstanceConfiguration = @{ InstanceRoleArn = 'arn:aws:iam::123456789012:role/web' }
        } | New-ARService -Wait -PollInterval 0.02
        """,
        """
        Get-ARService
        Get-ARService web-1
        Get-ARService -AutoScalingConfigurationArn $scaling
        Get-AROperation web-1
        Test-ARService web-1
        Export-ARService web-1 ([IO.Path]::GetTempPath()) -Format CreateService -WhatIf
        Test-ARServiceMigration web-1 | Out-Null
        Compare-ARService web-1 -Cpu 2048 -Memory 4096 -Tag @{ team = 'shop' } | Out-Null
        Publish-ARService web-1 -Tag @{ team = 'shop' } -HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/published' } -Wait -PollInterval 0.02
        Update-ARService web-1 -Cpu 2048 -Memory 4096 -HealthCheckConfiguration @{ Protocol = 'TCP' } -AutoScalingConfigurationArn $scaling.AutoScalingConfigurationArn `
            -SourceConfiguration @{ AutoDeploymentsEnabled = $true } -NetworkConfiguration @{ IpAddressType = 'DUAL_STACK' } -ObservabilityConfiguration @{ ObservabilityEnabled = $false } -Wait -PollInterval 0.02
        Start-ARDeployment web-1 | Wait-AROperation -PollInterval 0.02
        Suspend-ARService web-1 -Wait -PollInterval 0.02
        Resume-ARService web-1 -Wait -PollInterval 0.02
        """,
        """
        $way = New-ARVpcIngressConnection way-1 web-1 -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Tag @{ team = 'web' } -Wait -PollInterval 0.02
        Get-ARVpcIngressConnection -Service web-1 -VpcEndpointId vpce-0123456789abcdef0
        Get-ARVpcIngressConnection $way
        Update-ARVpcIngressConnection $way -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef1 -Wait -PollInterval 0.02
        Add-ARCustomDomain web-1 example.com -EnableWWWSubdomain $true -Wait -PollInterval 0.02
        Get-ARCustomDomain web-1
        Remove-ARCustomDomain web-1 example.com -Wait -PollInterval 0.02 -Confirm:$false
        Remove-ARVpcIngressConnection $way -Wait -PollInterval 0.02 -Confirm:$false
        """,
        """
        Add-ARResourceTag web-1 @{ stage = 'test' }
        Get-ARResourceTag web-1
        Remove-ARResourceTag web-1 stage -Confirm:$false
        Remove-ARService web-1, site-1 -Wait -PollInterval 0.02 -Confirm:$false
        """,
    ];

    // Cmdlets that read page by page, with a service that always has one more page.
    private static readonly string[] Lists =
    [
        "Get-ARService",
        "Get-ARService -AutoScalingConfigurationArn arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/busy/1",
        "Get-AROperation arn:aws:apprunner:us-east-1:123456789012:service/web-1/0123456789abcdef0123456789abcdef",
        "Get-ARAutoScalingConfiguration",
        "Get-ARConnection",
        "Get-ARObservabilityConfiguration",
        "Get-ARVpcConnector",
        "Get-ARVpcIngressConnection",
        "Get-ARCustomDomain arn:aws:apprunner:us-east-1:123456789012:service/web-1/0123456789abcdef0123456789abcdef",
    ];

    /// <summary>The cmdlets that were called.</summary>
    public static IReadOnlyList<string> Cmdlets { get; } = Everything.SelectMany(script => Regex.Matches(script, @"\b[A-Z]\w+-AR\w+")).Select(call => call.Value).Distinct().ToArray();

    /// <summary>Every request of App Runner's API, in the order of sending.</summary>
    internal IReadOnlyList<ReceivedRequest> All { get; private set; } = [];

    public async ValueTask InitializeAsync() => All = [.. await CaptureAsync(Everything), .. await CaptureAsync(Lists, AlwaysOnePageMore)];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<IEnumerable<ReceivedRequest>> CaptureAsync(string[] scripts, Func<string, int, string, Task<Step?>>? instead = null)
    {
        using var session = Session.Relayed(out var relay, "-OperationDuration 0.02");
        await using var ending = relay;
        session["endpoint"] = session.Endpoint;
        relay.Before = instead ?? relay.Before;
        foreach (var script in scripts)
            session.Run(script).ShouldBeClean();

        // Skips requests that are not part of App Runner's API.
        return relay.Server.Requests.Where(request => !request.Headers["X-Amz-Target"].StartsWith("AppRunnerLocal.", StringComparison.Ordinal)).ToArray();
    }

    private static Task<Step?> AlwaysOnePageMore(string operation, int earlier, string body)
    {
        var members = ShapeTable.MembersOf(ShapeTable.OutputOf(operation));
        if (!members.ContainsKey("NextToken"))
            return Task.FromResult<Step?>(null);
        var page = new JsonObject(members.Where(member => ShapeTable.TypeOf(ShapeTable.Shape(member.Value)) == "list").Select(list => KeyValuePair.Create(list.Key, (JsonNode?)new JsonArray())));
        if (JsonNode.Parse(body)!["NextToken"] is null)
            page["NextToken"] = "more";
        return Task.FromResult<Step?>(ScriptedServer.Respond(page.ToJsonString()));
    }
}
