using System;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Resources;

/// <summary>Tests for the cmdlets of all kinds of resources except services; each kind has a derived class.</summary>
public abstract class ResourceTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    public static TheoryData<string> NoIdentities =>
    [
        "''", "$null", "@{ Foo = 1 }", "@{}", "$true", "([datetime]::Now)", "'arn:x'", "'arn:aws:s3:::bucket'", "'arn:aws:apprunner:us-east-1:000000000000:service/alpha1'", $"'arn:aws:apprunner:us-east-1:000000000000:operation/alpha1/{Id}'",
    ];

    public static TheoryData<string> BadNames => ["'abc'", "'-abcd'", "'_abcd'", "'a b c d'", "'abcd/1'", "'äöüß'", "('a' * 41)"];

    public static TheoryData<string> BadTags =>
    [
        "$(1..51 | ForEach-Object -Begin { $many = @{} } -Process { $many[\"key$_\"] = 'v' } -End { $many })",
        "@{ 'aws:created' = 'x' }",
        "@{ '' = 'x' }",
        "@{ ('k' * 129) = 'x' }",
        "@{ key = 'v' * 257 }",
        "@{ key = @{ nested = 1 } }",
        "'text'",
        "7",
        "@(@{ Key = 'a'; Value = '1' }, @{ Key = 'a'; Value = '2' })",
        "@(7)",
    ];

    private protected Session Session { get; } = Session.Local("-OperationDuration 0");

    /// <summary>The API's noun, which is part of the names of cmdlets and parameters.</summary>
    private protected abstract string Noun { get; }

    /// <summary>The member of the list response with the resources.</summary>
    private protected abstract string ListMember { get; }

    /// <summary>The type of a described resource.</summary>
    private protected abstract Type Whole { get; }

    /// <summary>Cmdlets except Remove that change a resource, with their other arguments.</summary>
    private protected virtual string[] OtherChanges => [];

    /// <summary>Whether its ARNs and captions have revisions.</summary>
    private protected virtual bool HasRevisions => false;

    /// <summary>Creates the prerequisites of <see cref="Creation"/>; writes no output.</summary>
    private protected virtual string Preparation(string name) => string.Empty;

    /// <summary>The command that creates a resource.</summary>
    /// <param name="name">The name, quoted if necessary.</param>
    private protected abstract string Creation(string name);

    /// <summary>The cells of a CSV row, without the name.</summary>
    private protected abstract string RowCells { get; }

    /// <summary>The ShouldProcess target for the creation of alpha1 in us-east-1.</summary>
    private protected virtual string CreationCaption => Kind + " alpha1" + InRegion;

    private string[] Changes => [$"Remove-AR{Noun}", .. OtherChanges];

    private protected static string InRegion => " in us-east-1, account 000000000000 (local endpoint)";

    private string Caption => Kind + (HasRevisions ? " alpha1/1" : " alpha1") + InRegion;

    private string Kind => Regex.Replace(Noun, "(?<=[a-z])(?=[A-Z])", " ").ToLowerInvariant().Replace("vpc", "VPC", StringComparison.Ordinal);

    private string AnArn => $"arn:aws:apprunner:us-east-1:000000000000:{Noun.ToLowerInvariant()}/alpha1{(HasRevisions || Noun == "VpcConnector" ? "/1" : string.Empty)}/{Id}";

    public void Dispose()
    {
        Session.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Names_ARNs_objects_hashtables_and_rows_describe_the_resource()
    {
        var created = Create("alpha1");
        Create("beta1");
        Session["arn"] = created.ResourceArn;

        foreach (var way in new[]
        {
            $"Get-AR{Noun} alpha1",
            $"Get-AR{Noun} -{Noun} alpha1",
            $"Get-AR{Noun} -{Noun}Name alpha1",
            $"Get-AR{Noun} -{Noun}Arn $arn",
            $"Get-AR{Noun} -Name $arn",
            $"Get-AR{Noun} $arn -Region eu-west-1",
            $"'alpha1' | Get-AR{Noun}",
            $"$arn | Get-AR{Noun}",
            $"Get-AR{Noun} alpha* | Get-AR{Noun}",
            $"Get-AR{Noun} (Get-AR{Noun} $arn)",
            $"@{{ {Noun}Name = 'alpha1' }} | Get-AR{Noun}",
            $"Get-AR{Noun} @{{ {Noun.ToLowerInvariant()}arn = $arn }}",
            $"[pscustomobject]@{{ {Noun}Arn = $arn; {Noun}Name = 'other' }} | Get-AR{Noun}",
            $"[pscustomobject]@{{ {Noun}Arn = ''; {Noun}Name = 'alpha1'; Other = '' }} | Get-AR{Noun}",
            $"[pscustomobject]@{{ Name = 'alpha1' }} | Get-AR{Noun}",
        })
        {
            var found = Session.Run(way).All<IResource>().ShouldHaveSingleItem(way);
            found.ResourceArn.ShouldBe(created.ResourceArn, way);
            found.ShouldBeOfType(Whole, way);
        }
    }

    [Fact]
    public void A_created_resource_is_written_and_listed()
    {
        var before = Session.Run($"Get-AR{Noun}").Output.Count;

        var created = Create("alpha1");

        created.ResourceArn.ShouldStartWith($"arn:aws:apprunner:us-east-1:000000000000:{Noun.ToLowerInvariant()}/alpha1/");
        var listed = Session.Run($"Get-AR{Noun}").All<IResource>();
        listed.Count.ShouldBe(before + 1);
        listed.ShouldContain(resource => resource.ResourceArn == created.ResourceArn);
    }

    [Fact]
    public void A_row_creates_a_resource_and_empty_cells_are_not_given()
    {
        Session.Run(Preparation("alpha1")).ShouldBeClean();
        var row = $"[pscustomobject]@{{ {Noun}Name = 'alpha1'; Status = ''; Tag = ''; {RowCells} }}";

        Session.Run($"{row} | New-AR{Noun}").All<IResource>().ShouldHaveSingleItem().ResourceArn!.ShouldContain("/alpha1/");
    }

    [Fact]
    public void An_empty_name_creates_nothing()
    {
        Session.Run(Preparation("alpha1")).ShouldBeClean();
        var before = Session.Endpoint.RequestCount;

        Session.Run(Creation("''")).Errors.ShouldHaveSingleItem().ToString().ShouldContain(Noun + "Name");

        Session.Endpoint.RequestCount.ShouldBe(before);
    }

    [Theory]
    [InlineData("alpha*", "alpha1,alpha2")]
    [InlineData("ALPHA?", "alpha1,alpha2")]
    [InlineData("*a[1]", "alpha1,beta1")]
    [InlineData("nothing*", "")]
    public void Names_take_wildcards(string pattern, string expected)
    {
        foreach (var name in new[] { "alpha1", "alpha2", "beta1" })
            Create(name);

        Session.Run($"Get-AR{Noun} '{pattern}'").All<IResource>().Select(resource => ArnOf(resource).Name).ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public void A_malformed_wildcard_pattern_is_an_error() =>
        Session.Run($"Get-AR{Noun} 'w['").ErrorWith("InvalidParameter").ToString().ShouldContain("'w['");

    [Fact]
    public void Several_regions_are_read_concurrently_and_the_region_of_an_ARN_takes_precedence()
    {
        Create("alpha1");
        Session.Run("Set-ARContext -Region eu-west-1").ShouldBeClean();
        var ireland = Create("beta1");
        Session.Run("Clear-ARContext").ShouldBeClean();

        Session.Run($"Get-AR{Noun} *a1 -Region us-east-1, eu-west-1, EU-WEST-1").All<IResource>().Select(resource => $"{ArnOf(resource).Name} {ArnOf(resource).Region}").Order()
            .ShouldBe(["alpha1 us-east-1", "beta1 eu-west-1"]);
        Session.Run($"Get-AR{Noun} {ireland.ResourceArn} -Region us-west-2").All<IResource>().ShouldHaveSingleItem().ResourceArn.ShouldBe(ireland.ResourceArn);
        Session.Run($"Get-AR{Noun} beta1").ErrorWith("ResourceNotFound").ToString().ShouldContain("us-east-1");
    }

    [Fact]
    public async Task A_list_is_read_to_its_last_page()
    {
        await using var server = new ScriptedServer([.. Enumerable.Range(0, 3).Select(page => ScriptedServer.Respond(
            $$"""{"{{ListMember}}":[{"{{Noun}}Arn":"{{AnArn.Replace("alpha1", "alpha" + page, StringComparison.Ordinal)}}"}]{{(page < 2 ? $$""","NextToken":"token{{page}}" """ : string.Empty)}}}"""))]);
        using var other = Session.To(server);

        other.Run($"Get-AR{Noun}").All<IResource>().Select(resource => ArnOf(resource).Name).ShouldBe(["alpha0", "alpha1", "alpha2"]);

        server.Requests.Select(request => System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["NextToken"]?.GetValue<string>()).ShouldBe([null, "token0", "token1"]);
    }

    [Fact]
    public void A_missing_name_is_an_error_with_a_suggestion_and_the_others_are_read()
    {
        Create("alpha1");

        foreach (var command in new[] { $"Get-AR{Noun}" }.Concat(Changes.Select(change => change + " -WhatIf -Verbose")))
        {
            var result = Session.Run($"'alhpa1', 'alpha1' | {command}");

            var error = result.ErrorWith("ResourceNotFound");
            error.ToString().ShouldContain("Did you mean \"alpha1\"?", Case.Sensitive, command);
            error.TargetObject.ShouldBe("alhpa1", command);
            error.CategoryInfo.Category.ShouldBe(ErrorCategory.ObjectNotFound, command);
            (result.Output.Count + result.Verbose.Count).ShouldBe(1, command);
            Session.Run($"'alhpa1', 'alpha1' | {command} -ErrorAction Stop").Ended.ShouldBeAssignableTo<RuntimeException>(command)!.ErrorRecord.Id().ShouldBe("ResourceNotFound", command);
        }
    }

    [Theory]
    [MemberData(nameof(NoIdentities))]
    public void An_invalid_identity_is_InvalidParameter_and_no_request_is_sent(string identity)
    {
        foreach (var command in new[] { $"Get-AR{Noun}" }.Concat(Changes))
        {
            var error = Session.Run($"{command} -{Noun} {identity}").ErrorWith("InvalidParameter");
            error.ToString().ShouldNotContain("Exception", Case.Sensitive, command);
        }

        Session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void An_invalid_name_is_rejected_before_a_request_is_sent(string name) => ShouldBeRefused(Creation(name), Noun + "Name");

    [Theory]
    [MemberData(nameof(BadTags))]
    public void Invalid_tags_are_rejected_before_a_request_is_sent(string tags) => ShouldBeRefused($"{Creation("alpha1")} -Tag {tags}", "Tag");

    [Fact]
    public void Confirm_shows_the_resolved_target_and_No_sends_no_request()
    {
        Session.Run(Preparation("alpha1")).ShouldBeClean();
        Session.Host.Reply = "No";
        Session.Run(Creation("alpha1") + " -Confirm").ShouldBeClean().Output.ShouldBeEmpty();
        Session.Host.Questions.ShouldHaveSingleItem().ShouldContain($"\"Create\" on target \"{CreationCaption}\"");
        Session["arn"] = Session.Run(Creation("alpha1")).All<IResource>().ShouldHaveSingleItem().ResourceArn;
        var before = Shown("alpha1");

        foreach (var command in Changes)
        {
            Session.Host.Questions.Clear();
            Session.Run($"{command} $arn -Confirm").ShouldBeClean().Output.ShouldBeEmpty(command);
            Session.Host.Questions.ShouldHaveSingleItem(command).ShouldContain($"on target \"{Caption}\"", Case.Sensitive, command);
        }

        Shown("alpha1").ShouldBe(before);
    }

    [Fact]
    public void Remove_prompts_by_default_and_other_changes_do_not()
    {
        Create("alpha1");
        Session.Host.Reply = "Yes";

        foreach (var command in OtherChanges)
            Session.Run($"{command} alpha1").ShouldBeClean();
        Session.Host.Questions.ShouldBeEmpty();

        // The default cannot be removed.
        Create("alpha2");
        Session.Run($"$ConfirmPreference = 'High'; Remove-AR{Noun} alpha2").All<IResource>().ShouldHaveSingleItem().ResourceArn!.ShouldContain("/alpha2/");
        Session.Host.Questions.Count.ShouldBe(1);
        Session.Run($"Get-AR{Noun} alpha2").ErrorWith("ResourceNotFound");
        Session.Run($"Get-AR{Noun} alpha*").All<IResource>().ShouldHaveSingleItem().ResourceArn!.ShouldContain("/alpha1/");
    }

    [Fact]
    public void Piped_resources_are_removed_and_an_error_does_not_stop_the_others()
    {
        Create("alpha1");
        Create("alpha2");

        var result = Session.Run($"'alpha1', 'nowhere', '{AnArn}', 'alpha2' | Remove-AR{Noun} -Confirm:$false");

        result.Output.Count.ShouldBe(2);
        result.Errors.Select(error => error.Id()).ShouldBe(["ResourceNotFound", "ResourceNotFound"]);
        result.Errors.Select(error => error.TargetObject).ShouldBe(["nowhere", AnArn]);
        Session.Run($"Get-AR{Noun} alpha*").Output.ShouldBeEmpty();
    }

    [Fact]
    public void Tags_are_created_read_changed_and_removed_by_pipeline()
    {
        var arn = Create("alpha1", "-Tag @{ team = 'web'; env = 'dev' }").ResourceArn;

        var tags = Session.Run($"Get-AR{Noun} alpha1 | Get-ARResourceTag").All<Tag>();
        tags.Select(tag => tag.ToString()).ShouldBe(["env=dev", "team=web"], ignoreOrder: true);
        tags.ShouldAllBe(tag => tag.ResourceArn == arn);

        Session.Run($"Get-AR{Noun} alpha* | Add-ARResourceTag -Tag @{{ env = 'prod'; cost = 1 }}").ShouldBeClean().Output.ShouldBeEmpty();
        Session.Run($"Get-ARResourceTag {arn} env, c*").All<Tag>().Select(tag => tag.ToString()).ShouldBe(["env=prod", "cost=1"], ignoreOrder: true);

        Session.Run($"Get-AR{Noun} alpha1 | Remove-ARResourceTag -TagKey team, cost -Confirm:$false -PassThru").All<IResource>().ShouldHaveSingleItem().ResourceArn.ShouldBe(arn);
        Session.Run($"Get-AR{Noun} alpha1 | Get-ARResourceTag").All<Tag>().ShouldHaveSingleItem().ToString().ShouldBe("env=prod");
    }

    [Fact]
    public void Names_that_were_read_before_are_completed_without_a_call()
    {
        Create("alpha1");
        Create("alpha2");
        Create("beta1");
        var before = Session.Endpoint.RequestCount;

        foreach (var command in new[] { $"Get-AR{Noun}" }.Concat(Changes))
            Session.Complete($"{command} -{Noun} alp").ShouldBe(["alpha1", "alpha2"], command);

        Session.Endpoint.RequestCount.ShouldBe(before);
    }

    [Fact]
    public async Task A_create_request_with_a_lost_response_is_not_sent_again()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;
        relayed.Run(Preparation("alpha1")).ShouldBeClean();
        relay.After = (operation, _) => operation == "Create" + Noun ? ScriptedServer.Close() : null;

        var error = relayed.Run(Creation("alpha1")).ErrorWith("NetworkError");

        error.ErrorDetails.RecommendedAction.ShouldContain($"The response to Create{Noun} was lost");
        error.ErrorDetails.RecommendedAction.ShouldContain($"Get-AR{Noun}");
        error.TargetObject.ShouldBe(ErrorTargetOfCreation(relayed));
        relay.CountOf("Create" + Noun).ShouldBe(1);
        relayed.Run($"Get-AR{Noun} alpha1").All<IResource>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_stopped_before_its_response_warns_and_a_stopped_read_does_not()
    {
        var scripts = new[] { Creation("alpha1") }.Concat(Changes.Select(change => $"{change} {AnArn} -Confirm:$false"));
        foreach (var script in scripts)
        {
            var (result, warnings) = await StopAsync(script);
            result.Errors.ShouldBeEmpty(script);
            result.Output.ShouldBeEmpty(script);
            var text = warnings.ShouldHaveSingleItem(script);
            text.ShouldContain("alpha1", Case.Sensitive, script);
            text.ShouldContain($"Get-AR{Noun}", Case.Sensitive, script);
        }

        foreach (var script in new[] { $"Get-AR{Noun}", $"Get-AR{Noun} alpha1", $"Get-AR{Noun} {AnArn}", $"Remove-AR{Noun} alpha1 -Confirm:$false" })
        {
            var (result, warnings) = await StopAsync(script);
            result.Errors.ShouldBeEmpty(script);
            result.Output.ShouldBeEmpty(script);
            warnings.ShouldBeEmpty(script);
        }
    }

    private protected IResource Create(string name, string more = "") =>
        Session.Run($"{Preparation(name)}; {Creation(name)} {more}").All<IResource>().ShouldHaveSingleItem();

    private protected virtual object ErrorTargetOfCreation(Session session) => "alpha1";

    private static Arn ArnOf(IResource resource)
    {
        Arn.TryParse(resource.ResourceArn, out var arn).ShouldBeTrue(resource.ResourceArn);
        return arn!;
    }

    private void ShouldBeRefused(string creation, string member)
    {
        Session.Run(Preparation("alpha1")).ShouldBeClean();
        var before = Session.Endpoint.RequestCount;

        var result = Session.Run(creation);

        result.Output.ShouldBeEmpty();
        result.ErrorWith("InvalidParameter").ToString().ShouldContain(member);
        Session.Endpoint.RequestCount.ShouldBe(before);
    }

    private string Shown(string name) => Session.Show($"Get-AR{Noun} {name}");

    // The server reads the request and sends no response.
    private async Task<(RunResult Result, string[] Warnings)> StopAsync(string script)
    {
        var requestReceived = new TaskCompletionSource();
        await using var server = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Silence();
        });
        using var other = Session.To(server);
        other["service"] = $"arn:aws:apprunner:us-east-1:000000000000:service/svc-alpha1/{Id}";

        var (result, took) = await other.StopAsync(script, requestReceived.Task);

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1), script);
        return (result, [.. other.Host.WarningLines]);
    }
}
