using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Context;

public sealed class ContextTests : IAsyncDisposable
{
    private readonly Session session = Session.Plain();
    private readonly ScriptedServer server = new(ScriptedServer.Respond("{}"));

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public void Defaults_are_used_by_every_call_until_they_are_cleared()
    {
        session.Run($"Set-ARContext eu-west-3 -AccessKey AKIDCONTEXT -SecretKey s -SessionToken the-token -EndpointUrl {server.Url}; Get-ARService").ShouldBeClean();

        var headers = server.Requests.Single().Headers;
        headers["Authorization"].ShouldContain("Credential=AKIDCONTEXT/");
        headers["Authorization"].ShouldContain("/eu-west-3/apprunner/");
        headers["X-Amz-Security-Token"].ShouldBe("the-token");
        session.Run("Clear-ARContext; (Get-ARContext).EndpointUrl").Output.Select(item => item?.ToString()).ShouldNotContain(server.Url);
    }

    [Theory]
    [InlineData("@{ RequestTimeout = '00:01:30' }", "00:01:30")]
    [InlineData("[pscustomobject]@{ RequestTimeout = '90' }", "00:01:30")]
    [InlineData("@{ RequestTimeout = 90 }", "00:01:30")]
    public void A_time_limit_from_an_object_is_seconds_or_a_time_span(string input, string expected) =>
        session.Run($"({input} | Set-ARContext -PassThru).RequestTimeout.ToString()").Output.Select(item => item?.ToString()).ShouldBe([expected]);

    [Fact]
    public void Another_text_as_a_time_limit_from_an_object_is_an_error() =>
        session.Run("@{ RequestTimeout = 'abc' } | Set-ARContext").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe("RequestTimeout: 'abc' is not a duration. Give a number of seconds, or a duration such as 90s, 5m, 1h30m or 00:05:00.");

    [Fact]
    public void Set_ARContext_keeps_settings_that_are_not_given_and_replaces_credentials()
    {
        session.Run($"Set-ARContext -Region eu-west-3 -AccessKey AKIDONE -SecretKey s -SessionToken old -EndpointUrl {server.Url}").ShouldBeClean();
        session.Run("Set-ARContext -AccessKey AKIDTWO -SecretKey s2; Set-ARContext -Region eu-west-2; Get-ARService").ShouldBeClean();

        var headers = server.Requests.Single().Headers;
        headers["Authorization"].ShouldContain("Credential=AKIDTWO/");
        headers["Authorization"].ShouldContain("/eu-west-2/");
        headers.Keys.ShouldNotContain("X-Amz-Security-Token");
    }

    [Fact]
    public void Parameters_take_precedence_over_the_context()
    {
        session.Run($"Set-ARContext -Region eu-west-3 -AccessKey AKIDONE -SecretKey s -EndpointUrl http://127.0.0.1:9; Get-ARService -Region us-west-2 -AccessKey AKIDTWO -SecretKey t -EndpointUrl {server.Url}").ShouldBeClean();

        server.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDTWO/");
        server.Requests.Single().Headers["Authorization"].ShouldContain("/us-west-2/");
    }

    [Theory]
    [InlineData("[pscredential]::new('AKIDOBJECT', $secret)")]
    [InlineData("@{ AccessKey = 'AKIDOBJECT'; SecretKey = 's' }")]
    [InlineData("[pscustomobject]@{ AccessKeyId = 'AKIDOBJECT'; SecretAccessKey = 's'; SessionToken = 't' }")]
    public void Credential_accepts_all_common_credential_types(string credential)
    {
        session.Run(
            $"$secret = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object {{ $secret.AppendChar($_) }}; Get-ARService -Region us-east-1 -EndpointUrl {server.Url} -Credential ({credential})").ShouldBeClean();

        server.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDOBJECT/");
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("$nothingIsInHere")]
    [InlineData("([pscredential]::Empty)")]
    public void An_invalid_credential_is_an_error_without_fallback(string credential)
    {
        foreach (var command in new[] { "Get-ARService", "Set-ARContext" })
            session.Run($"{command} -Region us-east-1 -EndpointUrl {server.Url} -Credential {credential}").ErrorWith("InvalidParameter").ToString().ShouldContain("-Credential is $null");

        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-ProfileName x -AccessKey a -SecretKey b", "cannot be combined")]
    [InlineData("-AccessKey a", "must be used together")]
    [InlineData("-SecretKey a", "must be used together")]
    [InlineData("-SessionToken a", "must be used together")]
    [InlineData("-AccessKey a -SecretKey b -Credential @{ AccessKey = 'c'; SecretKey = 'd' }", "-Credential cannot be combined")]
    public void Two_kinds_of_credentials_or_one_key_alone_are_rejected(string parameters, string message)
    {
        foreach (var command in new[] { "Get-ARService", "Set-ARContext", "Suspend-ARService web1", $"New-ARService web1 {Session.Image}" })
            session.Run($"{command} {parameters}").ErrorWith("InvalidParameter").ToString().ShouldContain(message);
    }

    [Fact]
    public void Get_ARContext_shows_no_secrets()
    {
        var result = session.Run($"Set-ARContext -Region eu-west-3 -AccessKey AKIDONE -SecretKey hush -SessionToken hushhush -EndpointUrl {server.Url} -PassThru; Get-ARContext");

        result.ShouldBeClean();
        foreach (var context in result.Output)
        {
            context!.Properties["Region"].Value.ShouldBe("eu-west-3");
            context.Properties["AccessKey"].Value.ShouldBe("AKIDONE");
            context.Properties.Select(property => property.Value as string ?? string.Empty).ShouldAllBe(text => !text.Contains("hush"));
        }
    }

    [Fact]
    public void A_local_endpoint_is_used_until_credentials_or_an_endpoint_are_set()
    {
        using var local = Session.Local("-OperationDuration 0 -Region ap-south-1");
        local.Run("Get-ARContext | ForEach-Object { \"$($_.IsLocal) $($_.Region)\" }").All<string>().Single().ShouldBe("True ap-south-1");
        local.Run("Get-ARService").ShouldBeClean();
        local.Endpoint.RequestCount.ShouldBe(1);

        local.Run($"Set-ARContext -Region us-east-1 -AccessKey AKIDONE -SecretKey s -EndpointUrl {server.Url}; Get-ARService").ShouldBeClean();
        server.Requests.Count.ShouldBe(1);
        local.Run("(Get-ARContext).IsLocal").All<bool>().Single().ShouldBeFalse();

        local.Run("Clear-ARContext; Get-ARService").ShouldBeClean();
        local.Endpoint.RequestCount.ShouldBe(2);
    }

    [Fact]
    public void Two_sessions_keep_their_own_endpoints_and_defaults()
    {
        using var one = Session.Local("-OperationDuration 0");
        using var two = Session.Local("-OperationDuration 0");
        one.NewService("only-one");

        two.Run("Get-ARService").Output.ShouldBeEmpty();
        one.Run("Get-ARService").Output.Count.ShouldBe(1);
    }

    [Fact]
    public void A_local_endpoint_of_another_session_is_used_by_URL_and_keys()
    {
        using var one = Session.Local("-OperationDuration 0");
        one.NewService("shared");

        session.Run($"Get-ARService -Region us-east-1 -EndpointUrl {one.Endpoint.EndpointUrl} -AccessKey {one.Endpoint.AccessKey} -SecretKey {one.Endpoint.SecretKey}")
            .All<ServiceSummary>().Single().ServiceName.ShouldBe("shared");
    }

    [Fact]
    public void Endpoints_are_listed_and_stopped_by_port_and_by_pipeline()
    {
        using var local = Session.Local("-AccountId 123456789012 -AccessKey AKIDMINE -SecretKey mine");
        var endpoint = local.Endpoint;
        endpoint.AccountId.ShouldBe("123456789012");
        endpoint.AccessKey.ShouldBe("AKIDMINE");
        local.Run($"Get-ARLocalEndpoint {endpoint.Port}").All<LocalEndpoint>().ShouldHaveSingleItem().ShouldBeSameAs(endpoint);

        local.Run($"Stop-ARLocalEndpoint {endpoint.Port} -WhatIf").ShouldBeClean();
        endpoint.IsRunning.ShouldBeTrue();
        local.Run($"Get-ARLocalEndpoint {endpoint.Port} | Stop-ARLocalEndpoint").ShouldBeClean();

        endpoint.IsRunning.ShouldBeFalse();
        local.Run($"Get-ARLocalEndpoint {endpoint.Port}").ErrorWith("LocalEndpointError");
        local.Run($"Stop-ARLocalEndpoint {endpoint.Port}").ErrorWith("LocalEndpointError");
    }

    [Theory]
    [InlineData("-AccountId 12")]
    [InlineData("-Region 'x y'")]
    [InlineData("-AccessKey only")]
    [InlineData("-OperationDuration 90000")]
    public void Options_of_the_local_endpoint_are_validated(string option) => session.Run("Start-ARLocalEndpoint " + option).Errors.ShouldHaveSingleItem().Id().ShouldBe("InvalidParameter");

    [Fact]
    public void Removing_the_module_stops_the_sessions_endpoint()
    {
        using var local = Session.Local();

        local.Run("Remove-Module AppRunner").ShouldBeClean();

        local.Endpoint.IsRunning.ShouldBeFalse();
    }
}
