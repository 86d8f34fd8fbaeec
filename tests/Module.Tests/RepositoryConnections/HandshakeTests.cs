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
    public void A_new_connection_is_PENDING_HANDSHAKE_and_a_warning_says_how_to_approve_it()
    {
        var result = session.Run("New-ARConnection github GITHUB");

        var connection = result.All<Connection>().ShouldHaveSingleItem();
        (connection.ConnectionName, connection.ProviderType, connection.Status).ShouldBe(("github", ProviderType.GitHub, ConnectionStatus.PendingHandshake));
        result.Warnings.ShouldHaveSingleItem().ShouldContain("Approve-ARConnection github");
    }

    [Fact]
    public void The_warning_contains_the_given_region() =>
        session.Run("New-ARConnection github GITHUB -Region eu-west-1").Warnings.ShouldHaveSingleItem().ShouldEndWith("Approve-ARConnection github -Region eu-west-1");

    [Fact]
    public void ProviderType_is_not_case_sensitive() => session.Run("New-ARConnection team bitbucket").All<Connection>().Single().ProviderType.ShouldBe(ProviderType.Bitbucket);

    [Fact]
    public async Task On_AWS_the_warning_contains_the_console_URL()
    {
        using var relayed = Session.Relayed(out var relay);
        await using var disposal = relay;

        var warning = relayed.Run("New-ARConnection github GITHUB").Warnings.ShouldHaveSingleItem();

        warning.ShouldContain("https://us-east-1.console.aws.amazon.com/apprunner/home?region=us-east-1#/connections");
        warning.ShouldNotContain("Approve-ARConnection");
    }

    [Fact]
    public async Task An_available_connection_causes_no_warning()
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
    public void Approve_makes_a_connection_AVAILABLE(string script)
    {
        session.Run("New-ARConnection github GITHUB").ShouldBeClean();

        session.Run(script).All<ConnectionSummary>().ShouldHaveSingleItem().Status.ShouldBe(ConnectionStatus.Available);

        session.Run("Get-ARConnection github").All<ConnectionSummary>().Single().Status.ShouldBe(ConnectionStatus.Available);
    }

    [Fact]
    public void A_new_connection_can_be_approved_in_one_pipeline()
    {
        session.Run("New-ARConnection github GITHUB -WarningAction SilentlyContinue | Approve-ARConnection").All<ConnectionSummary>().Single().Status.ShouldBe(ConnectionStatus.Available);
    }

    [Fact]
    public void A_connection_that_cannot_be_approved_is_an_error_and_the_others_are_approved()
    {
        session.Run("'first', 'second' | ForEach-Object { New-ARConnection $_ GITHUB }; Approve-ARConnection first").Ended.ShouldBeNull();

        var result = session.Run("'first', 'frist', 'second' | Approve-ARConnection");

        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("second");
        result.Errors.Select(error => error.Id()).ShouldBe(["InvalidServiceState", "ResourceNotFound"]);
        result.Errors[0].ToString().ShouldContain("AVAILABLE");
        result.Errors[0].TargetObject.ShouldBe(session.Run("Get-ARConnection first").All<ConnectionSummary>().Single().ConnectionArn);
        result.Errors[1].ToString().ShouldContain("Did you mean \"first\"?");
    }

    [Fact]
    public void Approve_supports_Confirm_and_WhatIf()
    {
        session.Run("New-ARConnection github GITHUB").ShouldBeClean();
        session.Host.Reply = "No";

        session.Run("Approve-ARConnection github -Confirm").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("Approve-ARConnection github -WhatIf").ShouldBeClean().Output.ShouldBeEmpty();

        session.Host.Questions.ShouldHaveSingleItem().ShouldContain("\"Approve\" on target \"connection github in us-east-1, account 000000000000 (local endpoint)\"");
        session.Run("Get-ARConnection github").All<ConnectionSummary>().Single().Status.ShouldBe(ConnectionStatus.PendingHandshake);
    }

    [Fact]
    public async Task On_AWS_Approve_is_an_error_with_the_console_URL_and_sends_no_request()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("InternalServiceErrorException", "not expected", 500));
        using var other = Session.To(server);

        var error = other.Run($"Approve-ARConnection {SomeArn}").ErrorWith("LocalEndpointError");

        error.ToString().ShouldContain("console");
        error.ErrorDetails.RecommendedAction.ShouldBe("Complete the handshake at https://eu-west-1.console.aws.amazon.com/apprunner/home?region=eu-west-1#/connections");
        error.TargetObject.ShouldBe(SomeArn);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@{ Foo = 1 }")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef'")]
    public void An_invalid_connection_cannot_be_approved(string identity)
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
    public void A_piped_service_returns_the_connection_that_it_uses()
    {
        session.Run("New-ARConnection github GITHUB | Approve-ARConnection").ShouldBeClean();
        session.Run(Code + "(Get-ARConnection github)").Service.Status.ShouldBe(ServiceStatus.Running);

        session.Run("Get-ARService code1 | Get-ARConnection").All<ConnectionSummary>().Single().ConnectionName.ShouldBe("github");
        session.Run("Get-ARService | Get-ARConnection").All<ConnectionSummary>().Single().ConnectionName.ShouldBe("github");
    }

    [Fact]
    public void A_piped_service_without_a_connection_returns_nothing()
    {
        session.NewService("web1");

        session.Run("Get-ARService web1 | Get-ARConnection").ShouldBeClean().Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_connection_that_is_not_approved_is_rejected_by_App_Runner()
    {
        session.Run("New-ARConnection github GITHUB").ShouldBeClean();

        session.Run(Code + "(Get-ARConnection github)").ErrorWith("InvalidParameter").ToString().ShouldContain("github");
    }

    [Fact]
    public void A_connection_in_use_cannot_be_removed()
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
    public void An_unknown_provider_is_a_warning_and_is_sent()
    {
        var result = session.Run("New-ARConnection gitlab GITLAB");

        result.Warnings.ShouldContain(warning => warning.Contains("GITLAB", StringComparison.Ordinal) && warning.Contains("App Runner decides", StringComparison.Ordinal));
        session.Endpoint.RequestCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("New-ARConnection github ''")]
    [InlineData("New-ARConnection github $null")]
    public void ProviderType_is_mandatory(string script)
    {
        session.Run(script).Errors.ShouldHaveSingleItem().CategoryInfo.Category.ShouldBe(ErrorCategory.InvalidArgument);

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_name_in_use_is_ResourceAlreadyExists()
    {
        var error = session.Run("$null = New-ARConnection github GITHUB; New-ARConnection github BITBUCKET").ErrorWith("ResourceAlreadyExists");

        error.TargetObject.ShouldBe("github");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.ResourceExists);
    }
}
