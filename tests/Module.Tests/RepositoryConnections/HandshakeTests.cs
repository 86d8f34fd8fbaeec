using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.RepositoryConnections;

public sealed class HandshakeTests : IDisposable
{
    private const string SomeArn = "arn:aws:apprunner:eu-west-1:000000000000:connection/github/0123456789abcdef0123456789abcdef";
    private const string Code = "New-ARService code1 -RepositoryUrl https://github.com/o/n -Branch main -ConfigurationSource REPOSITORY -Wait -PollInterval 0.02 -ConnectionArn ";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_new_connection_waits_for_its_handshake_and_a_warning_tells_how_to_approve_it_here()
    {
        var result = session.Run("New-ARConnection github GITHUB");

        var connection = result.All<Connection>().ShouldHaveSingleItem();
        (connection.ConnectionName, connection.ProviderType, connection.Status).ShouldBe(("github", ProviderType.GitHub, ConnectionStatus.PendingHandshake));
        result.Warnings.ShouldHaveSingleItem().ShouldContain("Approve-ARConnection github");
    }

    [Fact]
    public void The_warning_names_the_region_that_was_given() =>
        session.Run("New-ARConnection github GITHUB -Region eu-west-1").Warnings.ShouldHaveSingleItem().ShouldEndWith("Approve-ARConnection github -Region eu-west-1");

    [Fact]
    public void A_provider_is_written_as_one_likes() => session.Run("New-ARConnection team bitbucket").All<Connection>().Single().ProviderType.ShouldBe(ProviderType.Bitbucket);

    [Fact]
    public async Task On_AWS_the_warning_tells_where_in_the_console()
    {
        using var relayed = Session.Relayed(out var relay);
        await using var disposal = relay;

        var warning = relayed.Run("New-ARConnection github GITHUB").Warnings.ShouldHaveSingleItem();

        warning.ShouldContain("https://us-east-1.console.aws.amazon.com/apprunner/home?region=us-east-1#/connections");
        warning.ShouldNotContain("Approve-ARConnection");
    }

    [Fact]
    public async Task A_connection_that_is_usable_at_once_brings_no_warning()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond($$"""{"Connection":{"ConnectionName":"github","ConnectionArn":"{{SomeArn}}","Status":"AVAILABLE"} }"""));
        using var other = Session.To(server);

        other.Run("New-ARConnection github GITHUB").Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Approve-ARConnection github")]
    [InlineData("Approve-ARConnection -ConnectionArn (Get-ARConnection github).ConnectionArn")]
    [InlineData("'github' | Approve-ARConnection")]
    [InlineData("Get-ARConnection git* | Approve-ARConnection")]
    [InlineData("@{ ConnectionName = 'github' } | Approve-ARConnection")]
    [InlineData("[pscustomobject]@{ Name = 'github' } | Approve-ARConnection")]
    public void Approving_makes_it_available(string script)
    {
        session.Run("New-ARConnection github GITHUB").ShouldBeClean();

        session.Run(script).All<ConnectionSummary>().ShouldHaveSingleItem().Status.ShouldBe(ConnectionStatus.Available);

        session.Run("Get-ARConnection github").All<ConnectionSummary>().Single().Status.ShouldBe(ConnectionStatus.Available);
    }

    [Fact]
    public void A_new_one_is_approved_in_one_pipeline()
    {
        session.Run("New-ARConnection github GITHUB -WarningAction SilentlyContinue | Approve-ARConnection").All<ConnectionSummary>().Single().Status.ShouldBe(ConnectionStatus.Available);
    }

    [Fact]
    public void What_cannot_be_approved_is_an_error_and_the_others_are()
    {
        session.Run("'first', 'second' | ForEach-Object { New-ARConnection $_ GITHUB }; Approve-ARConnection first").Ended.ShouldBeNull();

        var result = session.Run("'first', 'frist', 'second' | Approve-ARConnection");

        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("second");
        result.Errors.Select(error => error.Id()).ShouldBe(["InvalidServiceState", "ResourceNotFound"]);
        result.Errors[0].ToString().ShouldContain("AVAILABLE");
        result.Errors[0].TargetObject.ShouldBe(session.Run("Get-ARConnection first").All<ConnectionSummary>().Single().ConnectionArn);
        result.Errors[1].ToString().ShouldContain("did you mean \"first\"?");
    }

    [Fact]
    public void Approving_asks_where_that_is_wanted_and_WhatIf_does_nothing()
    {
        session.Run("New-ARConnection github GITHUB").ShouldBeClean();
        session.Host.Answer = "No";

        session.Run("Approve-ARConnection github -Confirm").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("Approve-ARConnection github -WhatIf").ShouldBeClean().Output.ShouldBeEmpty();

        session.Host.Questions.ShouldHaveSingleItem().ShouldContain("\"Approve\" on target \"github (us-east-1)\"");
        session.Run("Get-ARConnection github").All<ConnectionSummary>().Single().Status.ShouldBe(ConnectionStatus.PendingHandshake);
    }

    [Fact]
    public async Task On_AWS_only_the_console_can_and_the_error_says_where_before_anything_is_sent()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("InternalServiceErrorException", "not expected", 500));
        using var other = Session.To(server);

        var error = other.Run($"Approve-ARConnection {SomeArn}").ErrorWith("LocalEndpointError");

        error.ToString().ShouldContain("console");
        error.ErrorDetails.RecommendedAction.ShouldBe("Complete it at https://eu-west-1.console.aws.amazon.com/apprunner/home?region=eu-west-1#/connections");
        error.TargetObject.ShouldBe(SomeArn);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@{ Foo = 1 }")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef'")]
    public void What_names_no_connection_cannot_be_approved(string identity)
    {
        session.Run($"Approve-ARConnection -Connection {identity}").ErrorWith("InvalidParameter");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void Connections_are_filtered_by_status()
    {
        session.Run("'first', 'second' | ForEach-Object { New-ARConnection $_ GITHUB }; Approve-ARConnection second").Ended.ShouldBeNull();

        session.Run("Get-ARConnection -Status available").All<ConnectionSummary>().Single().ConnectionName.ShouldBe("second");
        session.Run("Get-ARConnection -Status PENDING_HANDSHAKE, AVAILABLE").Output.Count.ShouldBe(2);
        session.Run("Get-ARConnection second -Status PENDING_HANDSHAKE").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("Get-ARConnection -Status APROVED").Warnings.ShouldHaveSingleItem().ShouldContain("APROVED");
    }

    [Fact]
    public void A_service_takes_an_approved_connection_and_stands_for_it()
    {
        session.Run("New-ARConnection github GITHUB | Approve-ARConnection").ShouldBeClean();
        session.Run(Code + "(Get-ARConnection github)").Service.Status.ShouldBe(ServiceStatus.Running);

        session.Run("Get-ARService code1 | Get-ARConnection").All<ConnectionSummary>().Single().ConnectionName.ShouldBe("github");
        session.Run("Get-ARService | Get-ARConnection").All<ConnectionSummary>().Single().ConnectionName.ShouldBe("github");
    }

    [Fact]
    public void A_service_without_a_connection_stands_for_none()
    {
        session.NewService("web1");

        session.Run("Get-ARService web1 | Get-ARConnection").ShouldBeClean().Output.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_is_not_approved_is_refused_by_the_service()
    {
        session.Run("New-ARConnection github GITHUB").ShouldBeClean();

        session.Run(Code + "(Get-ARConnection github)").ErrorWith("InvalidParameter").ToString().ShouldContain("github");
    }

    [Fact]
    public void One_that_a_service_uses_is_not_removed()
    {
        session.Run("'github', 'other' | ForEach-Object { New-ARConnection $_ GITHUB } | Approve-ARConnection").ShouldBeClean();
        session.Run(Code + "(Get-ARConnection github)").ShouldBeClean();

        var result = session.Run("Get-ARConnection | Remove-ARConnection -Confirm:$false");

        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("other");
        var error = result.ErrorWith("InvalidParameter");
        error.ToString().ShouldContain("1 service uses it");
        error.TargetObject.ShouldBeOfType<ConnectionSummary>().ConnectionName.ShouldBe("github");
    }

    [Fact]
    public void A_provider_that_is_not_known_is_a_warning_and_the_service_decides()
    {
        var result = session.Run("New-ARConnection gitlab GITLAB");

        result.Warnings.ShouldContain(warning => warning.Contains("GITLAB", StringComparison.Ordinal) && warning.Contains("the service decides", StringComparison.Ordinal));
        session.Endpoint.RequestCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("New-ARConnection github ''")]
    [InlineData("New-ARConnection github $null")]
    public void A_provider_has_to_be_given(string script)
    {
        session.Run(script).Errors.ShouldHaveSingleItem().CategoryInfo.Category.ShouldBe(ErrorCategory.InvalidData);

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_name_that_is_taken_is_an_error_of_its_own()
    {
        var error = session.Run("$null = New-ARConnection github GITHUB; New-ARConnection github BITBUCKET").ErrorWith("ResourceAlreadyExists");

        error.TargetObject.ShouldBe("github");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.ResourceExists);
    }
}
