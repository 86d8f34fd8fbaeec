using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ARService -Region eu-w", "eu-west-1,eu-west-2,eu-west-3")]
    [InlineData("Set-ARContext ap-northe", "ap-northeast-1")]
    [InlineData("New-ARService -Runtime nodejs_2", "NODEJS_22")]
    [InlineData("New-ARSourceConfig -ConfigurationSource ", "REPOSITORY,API")]
    [InlineData("New-ARInstanceConfig -Cpu ", "'0.25 vCPU','0.5 vCPU','1 vCPU','2 vCPU','4 vCPU'")]
    [InlineData("New-ARInstanceConfig -Cpu 2 -Memory ", "'4 GB','6 GB'")]
    [InlineData("Update-ARService web -Cpu '0.25 vCPU' -Memory ", "'0.5 GB','1 GB'")]
    [InlineData("New-ARService -Cpu 512 -Memory ", "'1 GB'")]
    [InlineData("New-ARService -Memory '1", "'1 GB','10 GB','12 GB'")]
    [InlineData("Get-ARService -Status r", "RUNNING")]
    [InlineData("Get-AROperation web -Status roll", "ROLLBACK_IN_PROGRESS,ROLLBACK_FAILED,ROLLBACK_SUCCEEDED")]
    [InlineData("Get-AROperation web -Type pau", "PAUSE_SERVICE")]
    [InlineData("New-ARHealthCheckConfig -Protocol ", "TCP,HTTP")]
    [InlineData("New-ARNetworkConfig -IpAddressType d", "DUAL_STACK")]
    [InlineData("New-ARNetworkConfig -EgressType ", "DEFAULT,VPC")]
    [InlineData("New-ARConnection github ", "GITHUB,BITBUCKET")]
    [InlineData("New-ARConnection github -ProviderType b", "BITBUCKET")]
    [InlineData("Get-ARConnection -Status p", "PENDING_HANDSHAKE")]
    [InlineData("New-ARObservabilityConfiguration tracing ", "AWSXRAY")]
    [InlineData("New-ARObservabilityConfiguration tracing -TracingVendor aws", "AWSXRAY")]
    [InlineData("Get-ARCustomDomain web -Status cr", "CREATING,CREATE_FAILED")]
    [InlineData("Get-ARVpcConnector -Region eu-w", "eu-west-1,eu-west-2,eu-west-3")]
    [InlineData("New-ARVpcConnector database subnet-1 -Region us-w", "us-west-2")]
    public void Known_values_are_completed(string line, string expected) => session.Complete(line).ShouldBe(expected.Split(','));

    [Fact]
    public void All_known_regions_and_runtimes_are_completed()
    {
        session.Complete("Get-ARService -Region ").ShouldBe(OneOfAttribute.ValuesOf(typeof(KnownRegion)));
        session.Complete("New-ARService -Runtime ").ShouldBe(OneOfAttribute.ValuesOf(typeof(Runtime)), ignoreOrder: true);
    }

    [Fact]
    public void Runtimes_past_their_end_of_support_come_last_and_say_so()
    {
        foreach (var line in new[] { "New-ARService -Runtime ", "New-ARSourceConfig -Runtime 'N" })
        {
            var offered = session.Completions(line);
            offered.ShouldContain(runtime => runtime.ListItemText == "NODEJS_22" && runtime.ToolTip == "Node.js 22");
            offered.ShouldContain(runtime => runtime.ListItemText == "NODEJS_12" && runtime.ToolTip == "Node.js 12. Deprecated: end of support 1 December 2025");

            // The same that a request with it warns about.
            var deprecated = offered.Select(runtime => runtime.ToolTip.Contains("Deprecated", StringComparison.Ordinal)).ToArray();
            deprecated.ShouldBe(deprecated.Order());
            foreach (var runtime in offered)
            {
                var warnings = session.Run($"Test-ARServiceDefinition -InputObject @{{ ServiceName = 'test'; RepositoryUrl = 'https://github.com/a/b'; ConnectionArn = 'c'; Runtime = '{runtime.ListItemText}'; BuildCommand = 'x'; StartCommand = 'y' }}")
                    .All<DefinitionProblem>().Where(problem => problem.Message.Contains("end of support (1 December 2025)", StringComparison.Ordinal));
                warnings.Any().ShouldBe(runtime.ToolTip.Contains("Deprecated", StringComparison.Ordinal), runtime.ListItemText);
            }
        }
    }

    [Theory]
    [InlineData("Set-ARContext -Region eu-c", "eu-central-1", "Europe (Frankfurt)")]
    [InlineData("Get-ARServiceLog web -Kind dep", "Deployment", "Output of operations: fetch, build, deploy, health checks")]
    [InlineData("Export-ARService web . -Format docker", "Dockerfile", "A Dockerfile for a code service")]
    [InlineData("Start-ARLocalEndpoint -Region ap-s", "ap-south-1", "Asia Pacific (Mumbai)")]
    [InlineData("New-ARInstanceConfig -Cpu 0.2", "'0.25 vCPU'", "256 CPU units, with 0.5 GB, 1 GB of memory")]
    [InlineData("New-ARService -Cpu 4 -Memory 12", "'12 GB'", "12288 MB, with 4 vCPU")]
    [InlineData("Get-ARService -Status PAU", "PAUSED", "Suspended: no instances, no cost for compute")]
    [InlineData("Get-ARServiceMetric web -Statistic p5", "p50", "The median: half of the values of a period are not above it")]
    [InlineData("New-ARNetworkConfig -IsPubliclyAccessible ", "$true", "True")]
    [InlineData("Add-ARCustomDomain web a.example.com -EnableWWWSubdomain ", "$true", "True")]
    public void A_tooltip_says_what_a_value_means(string line, string text, string tooltip)
    {
        var offered = session.Completions(line)[0];
        (offered.CompletionText, offered.ToolTip).ShouldBe((text, tooltip));
    }

    [Fact]
    public void Every_completer_offers_values_with_tooltips_in_words()
    {
        session.NewService("web-one", "-EnvironmentVariable @{ LEVEL = '1' } -EnvironmentSecret @{ KEY = 'arn:aws:ssm:us-east-1:000000000000:parameter/a' } -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } } -InstanceRoleArn arn:aws:iam::000000000000:role/r");
        session.NewConnection();
        session.Run("New-ARAutoScalingConfiguration high; New-ARObservabilityConfiguration tracing; $vpc = New-ARVpcConnector way-out subnet-0123456789abcdef0; New-ARVpcIngressConnection inside web-one -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0").ShouldBeClean();
        // A ValidateSet offers its values without a meaning, and rejects others in the engine's words.
        StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OwnParameters().Where(parameter => parameter.Attributes.OfType<ValidateSetAttribute>().Any()).Select(parameter => $"{cmdlet.Name} -{parameter.Name}")).ShouldBeEmpty();
        var parameters = StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OwnParameters().Select(parameter => (Cmdlet: cmdlet.Name, parameter.Name, Completer: parameter.Attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type)))
            .Where(one => one.Completer is not null && one.Completer.Name != "ProfileCompleter").ToArray();

        parameters.Select(one => one.Completer).Distinct().Count().ShouldBeGreaterThan(20);
        foreach (var (cmdlet, name, _) in parameters)
        {
            var offered = session.Completions($"{cmdlet} -{name} ");
            offered.ShouldNotBeEmpty($"{cmdlet} -{name}");
            foreach (var one in offered)
            {
                one.ToolTip.ShouldMatch("^[A-Z0-9_.]", $"{cmdlet} -{name} {one.ListItemText}");
                one.ToolTip.ShouldNotBe(one.ListItemText, $"{cmdlet} -{name}");
                one.ToolTip.ShouldNotContain("System.");
                one.ToolTip.ShouldNotEndWith(".");
            }
        }
    }

    // An editor may ask on a thread without a runspace.
    [Fact]
    public async Task No_completer_throws()
    {
        var completers = StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OwnParameters()).SelectMany(parameter => parameter.Attributes.OfType<ArgumentCompleterAttribute>()).Select(attribute => attribute.Type).Distinct();
        foreach (var type in completers)
        {
            var completer = (IArgumentCompleter)Activator.CreateInstance(type)!;
            await Task.Run(() => completer.CompleteArgument("Get-ARService", "Service", null!, null!, new Hashtable { ["Service"] = new object?[] { null, 1 }, ["Cpu"] = new object() }).ToArray(), TestContext.Current.CancellationToken);
            await Task.Run(() => completer.CompleteArgument("Get-ARService", "Service", "\"'", null!, null!).ToArray(), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Every_Boolean_parameter_is_completed()
    {
        foreach (var cmdlet in StagedCmdlets.All)
        {
            foreach (var parameter in cmdlet.OwnParameters().Where(parameter => parameter.ParameterType == typeof(bool?)))
                session.Complete($"{cmdlet.Name} -{parameter.Name} ").ShouldBe(["$true", "$false"], $"{cmdlet.Name} -{parameter.Name}");
        }
    }

    [Fact]
    public void Names_that_were_read_before_are_completed_without_a_call()
    {
        session.NewService("web-one");
        session.NewService("web-two");
        session.NewService("shop");
        var before = session.Endpoint.RequestCount;

        foreach (var command in new[] { "Get-ARService", "Update-ARService", "Remove-ARService", "Suspend-ARService", "Resume-ARService", "Start-ARDeployment", "Get-AROperation", "Wait-AROperation", "Add-ARCustomDomain", "Get-ARCustomDomain", "Remove-ARCustomDomain", "Add-ARResourceTag", "Get-ARResourceTag", "Remove-ARResourceTag", "New-ARVpcIngressConnection inside", "Get-ARVpcIngressConnection -Service" })
            session.Complete(command + " web").ShouldBe(["web-one", "web-two"], command);

        session.Endpoint.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Completion_adds_listed_names_and_removes_deleted_ones()
    {
        session.NewService("web-one");
        using var other = Session.Plain();
        other.Run($"Set-ARContext -Region us-east-1 -EndpointUrl {session.Endpoint.EndpointUrl} -AccessKey {session.Endpoint.AccessKey} -SecretKey {session.Endpoint.SecretKey}").ShouldBeClean();
        other.Complete("Get-ARService web").ShouldNotContain("web-one");

        other.Run("Get-ARService").Output.Count.ShouldBe(1);
        other.Complete("Get-ARService web").ShouldBe(["web-one"]);

        session.Run("Remove-ARService web-one -Confirm:$false -Wait -PollInterval 0.02").ShouldBeClean();
        session.Complete("Get-ARService web").ShouldNotContain("web-one");
    }
}
