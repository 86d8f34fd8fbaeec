using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Tags;

public sealed class ResourceTagTests : IDisposable
{
    private const string GoneArn = "arn:aws:apprunner:us-east-1:000000000000:vpcconnector/gone/1/0123456789abcdef0123456789abcdef";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public static TheoryData<string> NoResources =>
    [
        "''", "$null", "@{ Foo = 1 }", "$true", "'arn:aws:s3:::bucket'", "'arn:x'", "'arn:aws:apprunner:us-east-1:000000000000:service/web1'", "'arn:aws:apprunner:us-east-1:000000000000:operation/x/0123456789abcdef0123456789abcdef'",
    ];

    public void Dispose() => session.Dispose();

    [Fact]
    public void Services_by_name_and_all_resources_by_ARN_object_hashtable_and_row_are_accepted()
    {
        session["arn"] = session.NewService("web1", "-Tag @{ team = 'web' }").ServiceArn;

        foreach (var way in new[]
        {
            "Get-ARResourceTag web1",
            "Get-ARResourceTag -Resource web1",
            "Get-ARResourceTag -ResourceArn $arn",
            "Get-ARResourceTag -ServiceName web1",
            "'web1' | Get-ARResourceTag",
            "$arn | Get-ARResourceTag",
            "Get-ARService | Get-ARResourceTag",
            "Get-ARService web1 | Get-ARResourceTag",
            "@{ ResourceArn = $arn } | Get-ARResourceTag",
            "Get-ARResourceTag @{ ServiceName = 'web1' }",
            "[pscustomobject]@{ ResourceArn = ''; ServiceArn = $arn } | Get-ARResourceTag",
            "[pscustomobject]@{ Name = 'web1' } | Get-ARResourceTag",
        })
        {
            session.Run(way).All<Tag>().ShouldHaveSingleItem(way).ToString().ShouldBe("team=web", way);
        }
    }

    [Theory]
    [InlineData("", "env=dev team=web Team=Web")]
    [InlineData("team", "team=web")]
    [InlineData("t*, e*", "env=dev team=web")]
    [InlineData("-Key ?eam", "team=web Team=Web")]
    [InlineData("nothing", "")]
    public void Keys_accept_wildcards_and_are_case_sensitive(string parameters, string expected)
    {
        session.NewService("web1");
        session.Run("Add-ARResourceTag web1 -Tag @{ env = 'dev'; team = 'web' }; Add-ARResourceTag web1 -Tag @{ Team = 'Web' }").ShouldBeClean();

        session.Run("Get-ARResourceTag web1 " + parameters).All<Tag>().Select(tag => tag.ToString()).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Theory]
    [InlineData("@{ a = 1; b = 2.5; c = '' }", "a=1 b=2.5 c=")]
    [InlineData("@(@{ Key = 'a'; Value = 'x' }, @{ Key = 'b'; Value = 'y' })", "a=x b=y")]
    [InlineData("([pscustomobject]@{ a = 'x' })", "a=x")]
    [InlineData("'a=x;b=y'", "a=x b=y")]
    [InlineData("(Get-ARResourceTag other)", "kept=1")]
    public void Tags_are_accepted_as_hashtable_object_list_and_text(string tags, string expected)
    {
        session.NewService("web1");
        session.NewService("other", "-Tag @{ kept = 1 }");

        session.Run("Add-ARResourceTag web1 " + tags).ShouldBeClean().Output.ShouldBeEmpty();

        session.Run("Get-ARResourceTag web1").All<Tag>().Select(tag => tag.ToString()).ShouldBe(expected.Split(' '), ignoreOrder: true);
    }

    [Fact]
    public void An_existing_key_gets_the_new_value_and_removing_a_missing_key_succeeds()
    {
        session.NewService("web1", "-Tag @{ env = 'dev' }");

        session.Run("Add-ARResourceTag web1 @{ env = 'prod' }; Remove-ARResourceTag web1 never, there -Confirm:$false").ShouldBeClean();

        session.Run("Get-ARResourceTag web1").All<Tag>().Single().ToString().ShouldBe("env=prod");
    }

    [Theory]
    [MemberData(nameof(Resources.ResourceTests.BadTags), MemberType = typeof(Resources.ResourceTests))]
    [InlineData("@{}")]
    [InlineData("@()")]
    [InlineData("$null")]
    public void Invalid_tags_are_rejected_before_a_request_is_sent(string tags)
    {
        session.Run($"Add-ARResourceTag {GoneArn} -Tag {tags}").ErrorWith("InvalidParameter").ToString().ShouldContain("Tag");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("'aws:x'")]
    [InlineData("('k' * 129)")]
    [InlineData("a, ''")]
    [InlineData("@()")]
    public void Invalid_keys_are_rejected_before_a_request_is_sent(string keys)
    {
        session.Run($"Remove-ARResourceTag {GoneArn} -TagKey {keys} -Confirm:$false").Errors.ShouldHaveSingleItem();

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(NoResources))]
    public void An_invalid_resource_is_an_error_and_no_request_is_sent(string resource)
    {
        foreach (var command in new[] { "Get-ARResourceTag", "Add-ARResourceTag -Tag @{ a = 1 }", "Remove-ARResourceTag -TagKey a -Confirm:$false" })
            session.Run($"{command} -Resource {resource}").ErrorWith("InvalidParameter");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_missing_resource_is_an_error_and_the_others_are_processed()
    {
        session.NewService("web1", "-Tag @{ a = 1 }");

        foreach (var (command, written) in new[] { ("Get-ARResourceTag", 1), ("Add-ARResourceTag -Tag @{ b = 1 } -PassThru", 1), ("Remove-ARResourceTag -TagKey b -Confirm:$false -PassThru", 1) })
        {
            var result = session.Run($"'webb1', '{GoneArn}', 'web1' | {command}");

            result.Errors.Select(error => error.Id()).ShouldBe(["ServiceNotFound", "ResourceNotFound"], ignoreOrder: true, command);
            result.Errors.Single(error => error.Id() == "ServiceNotFound").TargetObject.ShouldBe("webb1", command);
            result.Errors.Single(error => error.Id() == "ResourceNotFound").TargetObject.ShouldBe(GoneArn, command);
            result.Output.Count.ShouldBe(written, command);
            session.Run($"'webb1', 'web1' | {command} -ErrorAction Stop").Ended.ShouldBeAssignableTo<RuntimeException>(command)!.ErrorRecord.Id().ShouldBe("ServiceNotFound", command);
        }
    }

    [Fact]
    public void Too_many_tags_are_rejected_by_App_Runner()
    {
        session.NewService("web1", "-Tag $(1..50 | ForEach-Object -Begin { $many = @{} } -Process { $many[\"key$_\"] = 'v' } -End { $many })");

        session.Run("Add-ARResourceTag web1 @{ one = 'more' }").ErrorWith("InvalidParameter").ToString().ShouldContain("51 tags");

        session.Run("Get-ARResourceTag web1").Output.Count.ShouldBe(50);
    }

    [Fact]
    public void PassThru_writes_the_input_object()
    {
        session.NewService("web1");

        session.Run("Get-ARService | Add-ARResourceTag -Tag @{ a = 1 }").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("Get-ARService | Add-ARResourceTag -Tag @{ a = 1 } -PassThru").All<ServiceSummary>().Single().ServiceName.ShouldBe("web1");
        session.Run("Add-ARResourceTag web1 @{ a = 1 } -PassThru").All<string>().Single().ShouldBe("web1");
        session.Run("Get-ARService web1 | Add-ARResourceTag -Tag @{ a = 1 } -PassThru | Remove-ARResourceTag -TagKey a -Confirm:$false -PassThru | Suspend-ARService -Wait -PollInterval 0.02").Service.Status.ShouldBe(ServiceStatus.Paused);
    }

    [Fact]
    public void Piped_tags_are_removed_or_added_to_other_resources()
    {
        session.NewService("web1", "-Tag @{ a = 1; b = 2 }");
        session.NewService("web2", "-Tag @{ c = 3 }");

        session.Run("Get-ARService | Get-ARResourceTag | Remove-ARResourceTag -Confirm:$false").ShouldBeClean();

        session.Run("Get-ARService | Get-ARResourceTag").Output.ShouldBeEmpty();
    }

    [Fact]
    public void Tags_of_one_resource_are_copied_to_others_with_one_request_each()
    {
        session.NewService("web1", "-Tag @{ a = 1; b = 2 }");
        session.NewService("web2", "-Tag @{ b = 3; c = 4 }");
        session.NewService("web3");
        var before = session.Endpoint.RequestCount;

        session.Run("$copied = Get-ARResourceTag (Get-ARService web1); $copied | Add-ARResourceTag -Resource web2, web3").ShouldBeClean();

        // DescribeService and ListTagsForResource; ListServices and twice TagResource.
        (session.Endpoint.RequestCount - before).ShouldBeLessThanOrEqualTo(6);
        session.Run("Get-ARResourceTag web2").All<Tag>().Select(tag => tag.ToString()).ShouldBe(["a=1", "b=2", "c=4"], ignoreOrder: true);
        session.Run("Get-ARResourceTag web3").All<Tag>().Select(tag => tag.ToString()).ShouldBe(["a=1", "b=2"], ignoreOrder: true);

        before = session.Endpoint.RequestCount;
        session.Run("$copied | Remove-ARResourceTag -Resource web2 -Confirm:$false").ShouldBeClean();
        (session.Endpoint.RequestCount - before).ShouldBe(2);
        session.Run("Get-ARResourceTag web2").All<Tag>().Single().ToString().ShouldBe("c=4");
        session.Run("Get-ARResourceTag web1").Output.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("@{ team = 'web'; env = 'dev' } | Add-ARResourceTag web1", "env=dev team=web")]
    [InlineData("'team=web;env=dev' | Add-ARResourceTag web1", "env=dev team=web")]
    [InlineData("@{ Key = 'team'; Value = 'web' }, @{ Key = 'team'; Value = 'api' } | Add-ARResourceTag web1", "team=api")]
    [InlineData("@{ Resource = 'web1'; Tag = @{ team = 'web' } } | Add-ARResourceTag", "team=web")]
    [InlineData("@{ ServiceName = 'web1'; Key = 'team'; Value = 'web' } | Add-ARResourceTag", "team=web")]
    [InlineData("@{ Resource = (Get-ARService web1); Tag = 'team=web' } | Add-ARResourceTag", "team=web")]
    [InlineData("@{ a = 1; b = 2 } | Add-ARResourceTag web1; 'a', 'c' | Remove-ARResourceTag web1 -Confirm:$false", "b=2")]
    [InlineData("@{ a = 1; b = 2 } | Add-ARResourceTag web1; @{ ServiceName = 'web1'; Key = 'a' } | Remove-ARResourceTag -Confirm:$false", "b=2")]
    public void A_piped_object_is_a_tag_or_a_map_or_has_the_parameters(string script, string expected)
    {
        session.NewService("web1");

        session.Run(script).ShouldBeClean();

        session.Run("Get-ARResourceTag web1").All<Tag>().Select(tag => tag.ToString()).ShouldBe(expected.Split(' '), ignoreOrder: true);
    }

    [Fact]
    public void A_piped_tag_that_is_invalid_or_reserved_does_not_stop_the_others()
    {
        session.NewService("web1");
        session["reserved"] = new Tag { Key = "aws:cloudformation:stack-name", Value = "x", ResourceArn = GoneArn };

        var result = session.Run("@{ Key = 'a'; Value = 1 }, @{ Key = 'k' * 129; Value = 1 }, $reserved, @{ Key = 'b'; Value = 2 } | Add-ARResourceTag web1");

        result.ErrorWith("InvalidParameter");
        result.Warnings.ShouldHaveSingleItem().ShouldBe("The tag aws:cloudformation:stack-name is reserved for AWS and is not copied.");
        session.Run("Get-ARResourceTag web1").All<Tag>().Select(tag => tag.ToString()).ShouldBe(["a=1", "b=2"], ignoreOrder: true);
    }

    [Fact]
    public void WhatIf_sends_no_request_Verbose_shows_it_and_Confirm_shows_keys_and_target()
    {
        session.NewService("web1", "-Tag @{ a = 1 }");
        session.Host.Reply = "No";

        foreach (var (command, operation, question) in new[]
        {
            ("Add-ARResourceTag web1 @{ b = 'hello' }", "TagResource", "\"Add tags b\" on target \"service web1 in us-east-1, account 000000000000 (local endpoint)\""),
            ("Remove-ARResourceTag web1 a, b", "UntagResource", "\"Remove tags a, b\" on target \"service web1 in us-east-1, account 000000000000 (local endpoint)\""),
        })
        {
            var result = session.Run(command + " -PassThru -WhatIf -Verbose").ShouldBeClean();
            result.Output.ShouldBeEmpty(command);
            result.Verbose.ShouldHaveSingleItem(command).ShouldStartWith(operation + " to http://", Case.Sensitive, command);
            session.Host.Questions.Clear();
            session.Run(command + " -Confirm").ShouldBeClean();
            session.Host.Questions.ShouldHaveSingleItem(command).ShouldContain(question, Case.Sensitive, command);
        }

        session.Run("Get-ARResourceTag web1").All<Tag>().Single().ToString().ShouldBe("a=1");
    }

    [Fact]
    public void Removing_tags_prompts_by_default_and_adding_does_not()
    {
        session.NewService("web1", "-Tag @{ a = 1 }");
        session.Host.Reply = "Yes";

        session.Run("Add-ARResourceTag web1 @{ b = 1 }").ShouldBeClean();
        session.Host.Questions.ShouldBeEmpty();
        session.Run("Remove-ARResourceTag web1 a").ShouldBeClean();
        session.Host.Questions.Count.ShouldBe(1);
        session.Run("Get-ARResourceTag web1").All<Tag>().Single().Key.ShouldBe("b");
    }

    [Fact]
    public async Task A_lost_response_has_a_recommended_action()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;
        relayed.NewService("web1");
        relay.After = (operation, _) => operation == "TagResource" ? ScriptedServer.Close() : null;

        relayed.Run("Add-ARResourceTag web1 @{ a = 1 }").ErrorWith("NetworkError").ErrorDetails.RecommendedAction.ShouldContain("Check with Get-ARResourceTag");
    }
}
