using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Publish-ARService when App Runner refuses, when answers are lost, when others change the service, and in states that no update changes.</summary>
public sealed class PublishFaultTests : IAsyncDisposable
{
    private const string Fast = " -Wait -PollInterval 0.02";
    private const string Publish = "Publish-ARService web1 " + Session.Image + " -Port 82 -Tag @{ a = '1' } -Verbose" + Fast;
    private const string Scaling = "AutoScalingConfiguration = @{ AutoScalingConfigurationName = 'high'; MaxSize = 3 }";
    private const string Connector = "NetworkConfiguration = @{ EgressConfiguration = @{ EgressType = 'VPC'; VpcConnector = @{ VpcConnectorName = 'way-out'; Subnets = @('subnet-0123456789abcdef0') } } }";

    private readonly Session session;
    private readonly Relay relay;

    public PublishFaultTests() => session = Session.Relayed(out relay, "-OperationDuration 0", "New-ARConnection github GITHUB -WarningAction SilentlyContinue | Approve-ARConnection");

    public static TheoryData<string> SharingCommands => ["$d | Publish-ARService", "$d | New-ARService", "Update-ARService web1 -InputObject $d"];

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Theory]
    [InlineData("CreateService")]
    [InlineData("UpdateService")]
    [InlineData("TagResource")]
    public void A_throttled_change_is_sent_again(string operation) =>
        PublishedAfter(operation, ScriptedServer.Error("ThrottlingException", "Rate exceeded."));

    [Theory]
    [InlineData("CreateService")]
    [InlineData("UpdateService")]
    public void A_role_that_is_too_young_is_tried_again(string operation) =>
        PublishedAfter(operation, ScriptedServer.Error("InvalidRequestException", "Error in assuming access role arn:aws:iam::1:role/x")).Verbose.ShouldContain(text => text.Contains("cannot assume the role yet", StringComparison.Ordinal));

    [Theory]
    [InlineData("-Port 83", PublishAction.Updated, 1)]
    [InlineData("-Port 82", PublishAction.None, 0)]
    public async Task An_operation_of_others_in_progress_is_waited_for_and_the_service_is_compared_again(string change, string action, int updates)
    {
        using var slow = Session.Relayed(out var line, "-OperationDuration 0.5");
        await using var lineOwner = line;
        slow.NewService("web1", "-Port 81");
        using var other = Session.To(line.Server);
        var ofOthers = false;
        line.Before = (operation, _, _) =>
        {
            if (operation == "DescribeService" && !ofOthers)
            {
                ofOthers = true;
                other.Run("Update-ARService web1 " + change).ShouldBeClean();
            }

            return Task.FromResult<Step?>(null);
        };

        var result = slow.Run($"Publish-ARService web1 {Session.Image} -Port 82 -Verbose -PollInterval 0.02").ShouldBeClean();

        ofOthers.ShouldBeTrue();
        result.Verbose.ShouldContain(text => text.Contains("waiting for the operation that is in progress", StringComparison.Ordinal));
        result.Service.Action.ShouldBe(action);
        result.Service.Difference.Select(difference => $"{difference.Actual} -> {difference.Desired}").ShouldBe(updates == 0 ? [] : ["83 -> 82"]);
        line.CountOf("UpdateService").ShouldBe(1 + updates);
    }

    [Theory]
    [InlineData("DescribeService", 0)]
    [InlineData("DescribeService", 1)]
    [InlineData("UpdateService", 0)]
    public void A_service_that_others_delete_meanwhile_is_created(string moment, int earlier)
    {
        var before = session.NewService("web1");
        using var other = Session.To(relay.Server);
        var isDeleted = false;
        var seen = 0;
        relay.Before = (operation, _, _) =>
        {
            if (!isDeleted && operation == moment && seen++ == earlier)
            {
                isDeleted = true;
                other.Run("Remove-ARService web1 -Confirm:$false" + Fast).ShouldBeClean();
            }

            return Task.FromResult<Step?>(null);
        };

        var service = session.Run($"Publish-ARService web1 {Session.Image} -Port 82" + Fast).ShouldBeClean().Service;

        isDeleted.ShouldBeTrue();
        service.ServiceArn.ShouldNotBe(before.ServiceArn);
        service.Action.ShouldBe(PublishAction.Created);
        service.Difference.ShouldHaveSingleItem().Effect.ShouldBe(DifferenceEffect.Create);
        service.Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public void An_update_that_others_made_first_is_not_reported_as_ours()
    {
        session.NewService("web1", "-Port 81");
        using var other = Session.To(relay.Server);
        var isRefused = false;
        relay.Before = (operation, _, _) =>
        {
            if (operation != "UpdateService" || isRefused)
                return Task.FromResult<Step?>(null);
            isRefused = true;
            other.Run("Update-ARService web1 -Port 82" + Fast).ShouldBeClean();
            return Task.FromResult<Step?>(ScriptedServer.Error("InvalidStateException", "An operation is in progress."));
        };

        var service = session.Run($"Publish-ARService web1 {Session.Image} -Port 82" + Fast).ShouldBeClean().Service;

        service.Action.ShouldBe(PublishAction.None);
        service.Difference.ShouldBeEmpty();
        relay.CountOf("UpdateService").ShouldBe(2);
    }

    [Fact]
    public void Tags_that_were_changed_before_a_refused_update_are_part_of_the_result()
    {
        session.NewService("web1", "-Port 81");
        using var other = Session.To(relay.Server);
        relay.Before = (operation, earlier, _) =>
        {
            if (operation != "UpdateService" || earlier > 0)
                return Task.FromResult<Step?>(null);
            other.Run("Update-ARService web1 -Port 83" + Fast).ShouldBeClean();
            return Task.FromResult<Step?>(ScriptedServer.Error("InvalidStateException", "An operation is in progress."));
        };

        var service = session.Run(Publish).ShouldBeClean().Service;

        service.Action.ShouldBe(PublishAction.Updated);
        service.Difference.Select(difference => $"{difference.Path.Split('.').Last()}: {difference.Actual ?? "(none)"} -> {difference.Desired}").ShouldBe(["a: (none) -> 1", "Port: 83 -> 82"]);
        relay.CountOf("TagResource").ShouldBe(1);
    }

    [Fact]
    public void A_recreated_service_is_reported_so_although_its_creation_was_refused_first()
    {
        var before = session.NewService("web1");
        relay.Before = (operation, earlier, _) => Task.FromResult(operation == "CreateService" && earlier == 1 ? ScriptedServer.Error("InvalidStateException", "An operation is in progress.") : null);

        const string Key = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
        var result = session.Run($"Publish-ARService web1 {Session.Image} -EncryptionConfiguration @{{ KmsKey = '{Key}' }} -Recreate" + Fast);

        ShouldBeRecreated(before, result).Difference.ShouldHaveSingleItem().Effect.ShouldBe(DifferenceEffect.Replacement);
        relay.CountOf("DeleteService").ShouldBe(1);
    }

    [Fact]
    public void A_service_whose_deletion_failed_must_be_replaced()
    {
        var before = session.NewService("web1");
        session.Endpoint.SetNextOutcome("FAILED");
        session.Run("Remove-ARService web1 -Confirm:$false" + Fast).ErrorWith("OperationFailed");

        session.Run($"Publish-ARService web1 {Session.Image}").ErrorWith("ReplacementRequired").ToString().ShouldContain("DELETE_FAILED");
        relay.CountOf("UpdateService").ShouldBe(0);
        relay.CountOf("DeleteService").ShouldBe(1);

        ShouldBeRecreated(before, session.Run($"Publish-ARService web1 {Session.Image} -Recreate" + Fast));
    }

    [Fact]
    public void An_image_and_code_replace_each_other_with_consent_only()
    {
        var code = "Publish-ARService web1 -RepositoryUrl https://github.com/o/n -ConnectionArn github -Runtime NODEJS_22 -BuildCommand make -StartCommand run";
        var image = $"Publish-ARService web1 {Session.Image}";
        var first = session.NewService("web1");

        session.Run(code).ErrorWith("ReplacementRequired").ToString().ShouldContain("SourceConfiguration");
        var second = ShouldBeRecreated(first, session.Run(code + " -Recreate" + Fast));
        session.Run(image).ErrorWith("ReplacementRequired").ToString().ShouldContain("SourceConfiguration");
        ShouldBeRecreated(second, session.Run(image + " -Recreate" + Fast));
        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void A_code_service_that_failed_to_be_created_keeps_its_configuration_source()
    {
        var source = "-RepositoryUrl https://github.com/o/n -ConnectionArn github";
        session.Endpoint.SetNextOutcome("FAILED");
        session.Run($"New-ARService web1 {source}" + Fast).ErrorWith("OperationFailed");
        var before = session.Run("Get-ARService web1").Service;

        var api = $"Publish-ARService web1 {source} -Runtime NODEJS_22 -BuildCommand make -StartCommand run";
        session.Run(api).ErrorWith("ReplacementRequired").ToString().ShouldContain("ConfigurationSource");
        relay.CountOf("UpdateService").ShouldBe(0);

        // What stays REPOSITORY is built again in place, and can be changed to API then.
        var rebuilt = session.Run($"Publish-ARService web1 {source}" + Fast).ShouldBeClean().Service;
        rebuilt.ServiceArn.ShouldBe(before.ServiceArn);
        rebuilt.Status.ShouldBe(ServiceStatus.Running);
        session.Run(api + Fast).ShouldBeClean().Service.Action.ShouldBe(PublishAction.Updated);
    }

    [Theory]
    [MemberData(nameof(SharingCommands))]
    public void A_shared_setting_with_a_lost_response_has_one_revision(string command)
    {
        Share(command, Scaling);
        relay.After = (operation, _) => operation == "CreateAutoScalingConfiguration" ? ScriptedServer.Close() : null;

        session.Run(command).ShouldBeClean();

        relay.CountOf("CreateAutoScalingConfiguration").ShouldBe(1);
        UsedScaling().AutoScalingConfigurationRevision.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(SharingCommands))]
    public void A_shared_setting_that_a_failed_response_created_is_used(string command)
    {
        Share(command, Connector);
        relay.After = (operation, earlier) => operation == "CreateVpcConnector" && earlier == 0 ? ScriptedServer.Error("InternalServiceErrorException", "Something broke.", 500) : null;

        session.Run(command).ShouldBeClean();

        session.Run("(Get-ARService web1).NetworkConfiguration.EgressConfiguration.VpcConnectorArn").Output.ShouldHaveSingleItem()!.ToString()
            .ShouldBe(session.Run("Get-ARVpcConnector").All<VpcConnector>().ShouldHaveSingleItem().VpcConnectorArn);
    }

    [Theory]
    [MemberData(nameof(SharingCommands))]
    public void A_shared_setting_that_others_create_meanwhile_is_used(string command)
    {
        Share(command, Connector);
        using var other = Session.To(relay.Server);
        relay.Before = (operation, earlier, _) =>
        {
            if (operation == "CreateVpcConnector" && earlier == 0)
                other.Run("New-ARVpcConnector way-out subnet-0123456789abcdef0").ShouldBeClean();
            return Task.FromResult<Step?>(null);
        };

        session.Run(command).ShouldBeClean();

        relay.CountOf("CreateVpcConnector").ShouldBe(2);
        session.Run("Get-ARVpcConnector").All<VpcConnector>().ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(SharingCommands))]
    public void Shared_content_is_sent_as_an_ARN(string command)
    {
        Share(command, Scaling + "; " + Connector);
        var sender = command.Contains("Update", StringComparison.Ordinal) ? "UpdateService" : "CreateService";
        var sent = string.Empty;
        relay.Before = (operation, _, body) =>
        {
            sent = operation == sender ? body : sent;
            return Task.FromResult<Step?>(null);
        };

        session.Run(command).ShouldBeClean();

        var request = System.Text.Json.Nodes.JsonNode.Parse(sent)!.AsObject();
        request["AutoScalingConfigurationArn"]!.GetValue<string>().ShouldBe(UsedScaling().AutoScalingConfigurationArn);
        request.ContainsKey("AutoScalingConfiguration").ShouldBeFalse();
        var egress = request["NetworkConfiguration"]!["EgressConfiguration"]!.AsObject();
        egress["VpcConnectorArn"]!.GetValue<string>().ShouldContain(":vpcconnector/way-out/1/");
        egress.ContainsKey("VpcConnector").ShouldBeFalse();

        // Another service uses what exists.
        session.Run("$d.ServiceName = 'web2'; $d | New-ARService").ShouldBeClean().Service.AutoScalingConfigurationSummary!.AutoScalingConfigurationRevision.ShouldBe(1);
        relay.CountOf("CreateAutoScalingConfiguration").ShouldBe(1);
        relay.CountOf("CreateVpcConnector").ShouldBe(1);
    }

    private static Service ShouldBeRecreated(Service before, RunResult result)
    {
        var after = result.ShouldBeClean().Service;
        after.Action.ShouldBe(PublishAction.Recreated);
        after.ServiceArn.ShouldNotBe(before.ServiceArn);
        after.Status.ShouldBe(ServiceStatus.Running);
        return after;
    }

    /// <summary>Publishes while an operation is refused once.</summary>
    private RunResult PublishedAfter(string operation, Step refusal)
    {
        if (operation != "CreateService")
            session.NewService("web1");
        relay.Before = (name, earlier, _) => Task.FromResult(name == operation && earlier == 0 ? refusal : null);

        var result = session.Run(Publish).ShouldBeClean();

        result.Service.Action.ShouldBe(operation == "CreateService" ? PublishAction.Created : PublishAction.Updated);
        relay.CountOf(operation).ShouldBe(2);
        session.Run($"Compare-ARService web1 -ImageIdentifier {Session.Image} -Port 82 -Tag @{{ a = '1' }} -Quiet").Output.ShouldHaveSingleItem()!.BaseObject.ShouldBe(true);
        return result;
    }

    /// <summary>Sets $d to a definition with shared content, and creates the service that a command updates.</summary>
    private void Share(string command, string content)
    {
        session.Run($"$d = @{{ ServiceName = 'web1'; ImageIdentifier = '{Session.Image}'; {content} }}");
        if (command.Contains("Update", StringComparison.Ordinal))
            session.NewService("web1");
    }

    /// <summary>The only configuration of the name, which the service uses.</summary>
    private AutoScalingConfigurationSummary UsedScaling()
    {
        var used = session.Run("Get-ARService web1").Service.AutoScalingConfigurationSummary!;
        session.Run("Get-ARAutoScalingConfiguration | Where-Object AutoScalingConfigurationName -eq high").Output.Count.ShouldBe(1);
        used.AutoScalingConfigurationName.ShouldBe("high");
        return used;
    }
}
