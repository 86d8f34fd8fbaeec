using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Binding;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class PublishServiceTests : IAsyncDisposable
{
    private const string Source = "ImageIdentifier = '" + Session.Image + "'";
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
    private const string Fast = " -Wait -PollInterval 0.02";
    private static readonly string[] Reading = ["List", "Describe"];

    private readonly Session session;
    private readonly Relay relay;

    public PublishServiceTests() => session = Session.Relayed(out relay, "-OperationDuration 0");

    private string[] Changes => relay.Operations.Where(operation => !Reading.Any(verb => operation.StartsWith(verb, StringComparison.Ordinal))).ToArray();

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Theory]
    [InlineData("Cpu = '1 vCPU'; Memory = '2 GB'; Port = 81; EnvironmentVariable = @{ a = 'x'; B = ''; 'dotted.name' = '1' }; Tag = @{ team = ''; stage = 'web' }")]
    [InlineData("Cpu = 0.25; Memory = '0.5 GB'; StartCommand = 'run \"it\"'; HealthCheckConfiguration = @{ Path = '/ignored'; Interval = 20 }")]
    [InlineData("HealthCheckConfiguration = @{ Protocol = 'http' }; NetworkConfiguration = @{ IpAddressType = 'DUAL_STACK' }; Tag = @{}")]
    [InlineData("AutoScalingConfiguration = @{ AutoScalingConfigurationName = 'high'; MaxSize = 3 }; VpcConnector = @{ VpcConnectorName = 'way-out'; Subnets = 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef0' }; ObservabilityConfiguration = @{ ObservabilityEnabled = $true; Configuration = @{ ObservabilityConfigurationName = 'tracing'; TraceConfiguration = @{ Vendor = 'AWSXRAY' } } }")]
    public void A_published_definition_is_equal_and_a_second_publish_sends_nothing(string members)
    {
        session.Run($"$d = @{{ ServiceName = 'web1'; {Source}; {members} }}");

        var created = session.Run("$d | Publish-ARService" + Fast).ShouldBeClean().Service;
        var count = Changes.Length;
        var differences = session.Run("$d | Compare-ARService").ShouldBeClean();
        var again = session.Run("$d | Publish-ARService" + Fast).ShouldBeClean().Service;

        created.Action.ShouldBe(PublishAction.Created);
        created.Difference.ShouldHaveSingleItem().Effect.ShouldBe(DifferenceEffect.Create);
        differences.Output.ShouldBeEmpty();
        again.Action.ShouldBe(PublishAction.None);
        again.Difference.ShouldBeEmpty();
        Changes.Length.ShouldBe(count);
        session.Run("Get-AROperation web1").Output.Count.ShouldBe(1);
    }

    [Fact]
    public void Generated_definitions_are_equal_after_they_are_published()
    {
        var generated = new GeneratedRequests(15);
        var requests = Enumerable.Range(0, 60).Select(_ => generated.Next(isFlat: false)).Where(request => request["SourceConfiguration"]!["ImageRepository"] is not null).Take(24).ToArray();
        foreach (var request in requests)
        {
            // One service after the other is published, so that each definition changes the one before. The shared settings do not exist.
            request["ServiceName"] = "web1";
            request.Remove("EncryptionConfiguration");
            request.Remove("ObservabilityConfiguration");
            request.Remove("AutoScalingConfigurationArn");
            session["json"] = request.ToJsonString();

            var published = session.Run("$json | Publish-ARService -WarningAction Ignore" + Fast).Service;
            var count = Changes.Length;

            session.Run("$json | Compare-ARService -WarningAction Ignore").ShouldBeClean().Output.ShouldBeEmpty($"{request.ToJsonString()} after {string.Join("; ", published.Difference)}");
            session.Run("$json | Publish-ARService -WarningAction Ignore").Service.Action.ShouldBe(PublishAction.None);
            Changes.Length.ShouldBe(count);
        }
    }

    [Fact]
    public void What_differs_is_sent_whole_and_with_the_source()
    {
        session.NewService("web1", "-Cpu 1 -Memory 3 -Port 81 -EnvironmentVariable @{ A = 'b' } -HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/up'; Interval = 11 }");

        var service = session.Run("Publish-ARService web1 -HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/up' } -Cpu 1 -Memory 3" + Fast).ShouldBeClean().Service;

        service.Action.ShouldBe(PublishAction.Updated);
        service.Difference.ShouldHaveSingleItem().ToString().ShouldBe("HealthCheckConfiguration.Interval: 11 -> 5");
        var body = relay.BodyOf("UpdateService");
        body.Select(member => member.Key).ShouldBe(["ServiceArn", "SourceConfiguration", "HealthCheckConfiguration"], ignoreOrder: true);
        JsonNode.DeepEquals(body["HealthCheckConfiguration"], JsonNode.Parse("""{"Protocol":"HTTP","Path":"/up","Interval":5,"Timeout":2,"HealthyThreshold":1,"UnhealthyThreshold":5}""")).ShouldBeTrue(body.ToJsonString());
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!["A"].ShouldBe("b");
    }

    [Fact]
    public void Variables_that_the_definition_does_not_have_are_removed()
    {
        session.NewService("web1", "-EnvironmentVariable @{ A = 'b' }");

        var service = session.Run($"Publish-ARService web1 {Session.Image}" + Fast).ShouldBeClean().Service;

        service.Difference.ShouldHaveSingleItem().Actual.ShouldBe("*****");
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!.ShouldBeEmpty();
    }

    [Fact]
    public void Tags_alone_are_changed_without_an_update()
    {
        session.NewService("web1", "-Tag @{ a = '1'; b = '2' }");

        var service = session.Run("Publish-ARService web1 -Tag @{ b = '3'; c = '' }").ShouldBeClean().Service;

        service.Action.ShouldBe(PublishAction.TagsOnly);
        service.Difference.Select(difference => difference.ToString()).ShouldBe(["Tags.b: 2 -> 3", "Tags.c: (none) -> ''", "Tags.a: 1 -> (none)"], ignoreOrder: true);
        Changes.ShouldBe(["CreateService", "TagResource", "UntagResource"]);
        session.Run("Get-ARResourceTag web1 | Sort-Object Key | ForEach-Object { $_.Key + $_.Value }").Output.Select(tag => tag!.ToString()).ShouldBe(["b3", "c"]);
    }

    [Fact]
    public void WhatIf_shows_the_differences_masked_and_changes_nothing()
    {
        session.NewService("web1", "-Port 81 -EnvironmentVariable @{ KEY = 'old-secret' }");

        var text = session.Show($"Publish-ARService web1 {Session.Image} -Port 82 -EnvironmentVariable @{{ KEY = 'new-secret' }} -AutoScalingConfigurationArn DefaultConfiguration -WhatIf")
            + session.Show("@{ ServiceName = 'web1'; AutoScalingConfiguration = @{ AutoScalingConfigurationName = 'high' } } | Publish-ARService -WhatIf")
            + session.Show("Update-ARService web1 -Port 83 -SetEnvironmentVariable @{ KEY = 'new-secret' } -WhatIf");

        text.ShouldContain("ImageConfiguration.Port: 81 -> 82");
        text.ShouldContain("ImageConfiguration.Port: 81 -> 83");
        text.ShouldContain("KEY: ***** (differs) -> *****");
        text.ShouldContain("AutoScalingConfiguration.AutoScalingConfigurationName: DefaultConfiguration -> high");
        text.ShouldNotContain("secret");
        Changes.ShouldBe(["CreateService"]);
    }

    [Fact]
    public void WhatIf_does_not_wait_for_the_operation_of_others()
    {
        using var slow = Session.Local("-OperationDuration 600");
        slow.Run($"New-ARService web1 {Session.Image} -Port 81").ShouldBeClean();

        var text = slow.Show($"Publish-ARService web1 {Session.Image} -Port 83 -WhatIf") + slow.Show($"& {{ $WhatIfPreference = $true; Publish-ARService web1 {Session.Image} -Port 84 }}");

        text.ShouldContain("Port: 81 -> 83");
        text.ShouldContain("Port: 81 -> 84");
        text.ShouldContain("An operation is in progress.");
    }

    [Fact]
    public void A_deployment_is_started_only_where_nothing_else_changes()
    {
        session.NewService("web1");

        session.Run($"Publish-ARService web1 {Session.Image} -Deploy" + Fast).ShouldBeClean().Service.Action.ShouldBe(PublishAction.Deployed);
        session.Run($"Publish-ARService web1 {Session.Image} -Port 81 -Deploy" + Fast).ShouldBeClean().Service.Action.ShouldBe(PublishAction.Updated);

        Changes.ShouldBe(["CreateService", "StartDeployment", "UpdateService"]);
    }

    [Fact]
    public void A_paused_service_is_updated_and_stays_paused()
    {
        session.NewService("web1");
        session.Run("Suspend-ARService web1" + Fast);

        session.Run($"Publish-ARService web1 {Session.Image}").ShouldBeClean().Service.Action.ShouldBe(PublishAction.None);
        session.Run($"Publish-ARService web1 {Session.Image} -Deploy").Warnings.ShouldHaveSingleItem().ShouldContain("PAUSED");
        var service = session.Run($"Publish-ARService web1 {Session.Image} -Port 81" + Fast).ShouldBeClean().Service;

        service.Action.ShouldBe(PublishAction.Updated);
        service.Status.ShouldBe(ServiceStatus.Paused);
    }

    [Fact]
    public void A_change_that_no_update_can_make_needs_consent()
    {
        var before = session.NewService("web1");
        session.Run("Add-ARCustomDomain web1 example.com");

        var error = session.Run($"Publish-ARService web1 {Session.Image} -EncryptionConfiguration @{{ KmsKey = '{Key}' }}").ErrorWith("ReplacementRequired");
        error.ToString().ShouldContain("EncryptionConfiguration.KmsKey");
        error.ToString().ShouldContain(before.ServiceUrl!);
        error.ToString().ShouldContain("example.com");
        error.ErrorDetails.RecommendedAction.ShouldContain("-Recreate");
        Changes.ShouldNotContain("DeleteService");
        session.Show($"Publish-ARService web1 {Session.Image} -EncryptionConfiguration @{{ KmsKey = '{Key}' }} -Recreate -WhatIf").ShouldContain("example.com");

        session.Run("Remove-ARCustomDomain web1 example.com");
        var after = session.Run($"Publish-ARService web1 {Session.Image} -EncryptionConfiguration @{{ KmsKey = '{Key}' }} -Recreate" + Fast).ShouldBeClean().Service;
        after.Action.ShouldBe(PublishAction.Recreated);
        after.ServiceArn.ShouldNotBe(before.ServiceArn);
        after.Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public void A_service_that_failed_to_be_created_is_built_again()
    {
        session.Endpoint.SetNextOutcome("FAILED");
        session.Run($"New-ARService web1 {Session.Image}" + Fast).ErrorWith("OperationFailed");

        session.Run($"Publish-ARService web1 {Session.Image}" + Fast).ShouldBeClean().Service.Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public void A_folder_is_published_and_a_bad_file_does_not_stop_the_others()
    {
        var folder = Directory.CreateTempSubdirectory("publish");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.json"), $$"""{ "ServiceName": "web1", "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "{{Session.Image}}", "ImageRepositoryType": "ECR_PUBLIC" } } }""");
            File.WriteAllText(Path.Combine(folder.FullName, "b.json"), "{ \"ServiceName\": ");
            File.WriteAllText(Path.Combine(folder.FullName, "c.json"), $$"""[{ "ServiceName": "web2", "ImageIdentifier": "{{Session.Image}}" }, { "ServiceName": "web3", "ImageIdentifier": "{{Session.Image}}" }]""");
            session["folder"] = folder.FullName;

            var result = session.Run("Publish-ARService -Path $folder/*.json -Memory 3 -ThrottleLimit 16" + Fast);

            result.ErrorWith("InvalidParameter").ToString().ShouldContain("b.json");
            result.Output.Select(service => ((Service)service!.BaseObject).ServiceName).ShouldBe(["web1", "web2", "web3"], ignoreOrder: true);
            session.Run("Compare-ARService -Path $folder/a.json -Memory 3 -Quiet").Output.ShouldHaveSingleItem()!.BaseObject.ShouldBe(true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Equal_shared_settings_are_made_once_for_many_services()
    {
        var result = session.Run($"1..20 | ForEach-Object {{ @{{ ServiceName = \"bulk$_\"; {Source}; AutoScalingConfiguration = @{{ AutoScalingConfigurationName = 'high'; MaxConcurrency = 50 }}; NetworkConfiguration = @{{ EgressConfiguration = @{{ EgressType = 'VPC'; VpcConnector = @{{ VpcConnectorName = 'way-out'; Subnets = @('subnet-0123456789abcdef0') }} }} }} }} }} | Publish-ARService -ThrottleLimit 16").ShouldBeClean();

        result.Services.Count.ShouldBe(20);
        relay.CountOf("CreateAutoScalingConfiguration").ShouldBe(1);
        relay.CountOf("CreateVpcConnector").ShouldBe(1);
        session.Run("@{ ServiceName = 'bulk1'; VpcConnector = @{ VpcConnectorName = 'way-out'; Subnets = @('subnet-0123456789abcdef1') } } | Publish-ARService").ErrorWith("InvalidParameter").ToString().ShouldContain("another VpcConnectorName");
        session.Run("@{ ServiceName = 'bulk1'; AutoScalingConfigurationArn = 'high'; AutoScalingConfiguration = @{ AutoScalingConfigurationName = 'high' } } | Publish-ARService").ErrorWith("InvalidParameter").ToString().ShouldContain("not both");
    }

    [Fact]
    public void Reuse_writes_the_revision_with_equal_content()
    {
        var first = session.Run("New-ARAutoScalingConfiguration high -MaxSize 3").All<AutoScalingConfiguration>().Single();
        session.Run("New-ARAutoScalingConfiguration high -MaxSize 4; New-ARObservabilityConfiguration tracing AWSXRAY");

        session.Run("New-ARAutoScalingConfiguration high -MaxSize 3 -Reuse").All<AutoScalingConfiguration>().Single().AutoScalingConfigurationArn.ShouldBe(first.AutoScalingConfigurationArn);
        session.Run("New-ARAutoScalingConfiguration high -MaxSize 5 -Reuse").All<AutoScalingConfiguration>().Single().AutoScalingConfigurationRevision.ShouldBe(3);
        session.Run("New-ARObservabilityConfiguration tracing AWSXRAY -Reuse").All<ObservabilityConfiguration>().Single().ObservabilityConfigurationRevision.ShouldBe(1);
        session.Run("New-ARObservabilityConfiguration tracing -Reuse").All<ObservabilityConfiguration>().Single().ObservabilityConfigurationRevision.ShouldBe(2);
    }

    [Fact]
    public void A_change_of_others_between_the_comparison_and_the_update_is_seen()
    {
        session.NewService("web1", "-Port 81");
        using var other = Session.To(relay.Server);
        var reads = 0;
        relay.Before = (operation, _, _) =>
        {
            // Before the service is read again.
            if (operation == "DescribeService" && ++reads == 2)
                other.Run("Update-ARService web1 -Cpu 2 -Memory 4").ShouldBeClean();
            return Task.FromResult<Step?>(null);
        };

        var service = session.Run($"Publish-ARService web1 {Session.Image} -Port 82 -Cpu 1 -Memory 2" + Fast).ShouldBeClean().Service;

        service.Difference.Select(difference => difference.Path).ShouldBe(["SourceConfiguration.ImageRepository.ImageConfiguration.Port", "InstanceConfiguration.Cpu", "InstanceConfiguration.Memory"], ignoreOrder: true);
        service.InstanceConfiguration!.Cpu.ShouldBe("1024");
        relay.CountOf("UpdateService").ShouldBe(2);
    }

    [Theory]
    [InlineData("CreateService")]
    [InlineData("UpdateService")]
    [InlineData("TagResource")]
    public void A_lost_response_is_looked_up(string operation)
    {
        if (operation != "CreateService")
            session.NewService("web1");
        var lost = false;
        relay.After = (name, _) =>
        {
            if (name != operation || lost)
                return null;
            lost = true;
            return ScriptedServer.Close();
        };

        var service = session.Run($"Publish-ARService web1 {Session.Image} -Port 82 -Tag @{{ a = '1' }}" + Fast).ShouldBeClean().Service;

        service.Action.ShouldBe(operation == "CreateService" ? PublishAction.Created : PublishAction.Updated);
        relay.CountOf("CreateService").ShouldBe(1);
        session.Run($"Compare-ARService web1 -ImageIdentifier {Session.Image} -Port 82 -Tag @{{ a = '1' }} -Quiet").Output.ShouldHaveSingleItem()!.BaseObject.ShouldBe(true);
    }

    [Fact]
    public void A_service_that_exists_after_all_is_updated()
    {
        session.NewService("web1", "-Port 81");
        var hidden = false;
        relay.Before = (operation, _, _) =>
        {
            var hide = operation == "ListServices" && !hidden;
            hidden |= hide;
            return Task.FromResult(hide ? ScriptedServer.Respond("""{ "ServiceSummaryList": [] }""") : null);
        };

        session.Run($"Publish-ARService web1 {Session.Image} -Port 82" + Fast).ShouldBeClean().Service.Action.ShouldBe(PublishAction.Updated);
    }

    [Fact]
    public void A_service_that_is_deleted_meanwhile_is_created()
    {
        var arn = session.NewService("web1").ServiceArn;
        var deleted = false;
        relay.Before = (operation, _, _) =>
        {
            var missing = operation == "UpdateService" && !deleted;
            deleted |= missing;
            return Task.FromResult(missing ? ScriptedServer.Error("ResourceNotFoundException", "Service not found.") : null);
        };

        // The service is still there for the second look; that UpdateService is sent again is what is tested.
        session.Run($"Publish-ARService web1 {Session.Image} -Port 82" + Fast).ShouldBeClean().Service.ServiceArn.ShouldBe(arn);
        relay.CountOf("UpdateService").ShouldBe(2);
    }

    [Fact]
    public void An_operation_of_others_is_waited_for()
    {
        session.NewService("web1");
        var busy = false;
        relay.Before = (operation, _, _) =>
        {
            var refuse = operation == "UpdateService" && !busy;
            busy |= refuse;
            return Task.FromResult(refuse ? ScriptedServer.Error("InvalidStateException", "An operation is in progress.") : null);
        };

        session.Run($"Publish-ARService web1 {Session.Image} -Port 82" + Fast).ShouldBeClean().Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("82");
        relay.CountOf("UpdateService").ShouldBe(2);
    }

    [Fact]
    public void A_rolled_back_update_is_an_error()
    {
        session.NewService("web1");
        session.Endpoint.SetNextOutcome("ROLLBACK_SUCCEEDED");

        session.Run($"Publish-ARService web1 {Session.Image} -Port 82" + Fast).ErrorWith("OperationRolledBack");
    }

    [Fact]
    public void The_output_is_an_input_of_every_cmdlet()
    {
        session.NewService("web1");
        session.Run($"$s = Publish-ARService web1 {Session.Image} -Port 82" + Fast).ShouldBeClean();

        session.Run("$s = Get-ARService web1; $s | Compare-ARService").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("$s | ConvertTo-Json -Depth 9 | Publish-ARService").ShouldBeClean().Service.Action.ShouldBe(PublishAction.None);
        session.Run("$s | New-ARService -ServiceName web2" + Fast).ShouldBeClean();
        session.Run("Compare-ARService web2 -InputObject $s").ShouldBeClean().Output.ShouldBeEmpty();
    }
}
