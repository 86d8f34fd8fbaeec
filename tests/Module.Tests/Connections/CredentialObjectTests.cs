using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Connections;

public sealed class CredentialObjectTests : IAsyncDisposable
{
    private readonly Session session = Session.Plain();
    private readonly ScriptedServer server = new(ScriptedServer.Respond("""{"NextToken":"more"}"""), ScriptedServer.Respond("{}"));

    private string[] Signers => server.Requests.Select(request => request.Headers["Authorization"].Split("Credential=")[1].Split('/')[0]).ToArray();

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public void A_credential_object_of_Set_ARContext_is_read_before_each_request()
    {
        session.Run($"Set-ARContext us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(RotatingCredentials).FullName}]::new()); Get-ARService; Get-ARService").ShouldBeClean();

        Signers.Length.ShouldBe(3);
        Signers.Distinct().Count().ShouldBe(3);
        Signers.ShouldAllBe(signer => signer.StartsWith("AKIDROTATED", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$true", "the sign-on is over")]
    [InlineData("$false", "returned no access key")]
    public void A_credential_object_without_keys_is_an_error_without_fallback(string throws, string message)
    {
        var result = session.Run($"Get-ARService -Region us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(FailingCredentials).FullName}]::new({throws}))");

        var error = result.ErrorWith("NoCredential");
        error.ToString().ShouldContain("-Credential");
        error.ToString().ShouldContain(message);
        result.AllText.ShouldNotContain("hush");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_cancels_the_wait_for_a_credential_object()
    {
        var (result, took) = await session.StopAsync($"Get-ARService -Region us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(BlockingCredentials).FullName}]::new())", BlockingCredentials.Asked);

        result.Errors.ShouldBeEmpty();
        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Credentials_of_a_PowerShell_class_are_read_on_the_pipeline_thread()
    {
        session.Run($$"""
            class Mine { [object] GetCredentials() { return [pscustomobject]@{ AccessKey = 'AKIDCLASS'; SecretKey = 'hush' } } }
            Get-ARService -Region us-east-1 -EndpointUrl {{server.Url}} -Credential ([Mine]::new())
            """).ShouldBeClean();

        Signers.ShouldBe(["AKIDCLASS", "AKIDCLASS"]);
    }

    [Fact]
    public async Task The_account_is_that_of_the_latest_response_and_unknown_after_a_change_of_keys_without_one()
    {
        await using var aws = new ScriptedServer(Services("111111111111"), Services("222222222222"), ScriptedServer.Respond("{}"));
        session.Run($"Set-ARContext us-east-1 -EndpointUrl {aws.Url} -Credential ([{typeof(RotatingCredentials).FullName}]::new())").ShouldBeClean();

        foreach (var (account, target) in new[] { ("111111111111", "account 111111111111"), ("222222222222", "account 222222222222"), (null, "credentials: -Credential") })
        {
            session.Run("Get-ARService").ShouldBeClean();
            session.Run("(Get-ARContext).AccountId").Output.Single()?.ToString().ShouldBe(account);
            session.Host.Questions.Clear();
            session.Host.Reply = "No";
            session.Run($"New-ARService web1 {Session.Image} -Confirm").ShouldBeClean();
            session.Host.Questions.ShouldHaveSingleItem().ShouldContain($"service web1 in us-east-1, {target}\"");
        }
    }

    [Fact]
    public async Task The_account_of_a_response_in_any_region_is_used_instead_of_a_wrong_setting()
    {
        await using var aws = new ScriptedServer(request => request.Headers["Authorization"].Contains("/us-east-1/", StringComparison.Ordinal) ? Services("222222222222") : ScriptedServer.Respond("{}"));

        var lines = await Probe.StartAsync(
            $"Get-ARService -Region eu-west-1; (Get-ARContext).AccountId; $null = Get-ARService -Region us-east-1; (Get-ARContext).AccountId; New-ARService web1 {Session.Image} -Region eu-west-1 -Confirm:$false -Verbose 2>$null 4>&1 | ForEach-Object Message",
            ("AWS_ACCESS_KEY_ID", "AKIDVARIABLE"), ("AWS_SECRET_ACCESS_KEY", "hush"), ("AWS_ACCOUNT_ID", "111111111111"), ("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL", aws.Url));

        lines[..2].ShouldBe(["111111111111", "222222222222"]);
        lines.ShouldContain(line => line.Contains("service web1 in eu-west-1, account 222222222222", StringComparison.Ordinal));
    }

    private static Step Services(string account) =>
        ScriptedServer.Respond($$"""{"ServiceSummaryList":[{"ServiceName":"web","ServiceArn":"arn:aws:apprunner:us-east-1:{{account}}:service/web/8fe1e10304f84fd2b0df550fe98a71fa"}]}""");

    [Fact]
    public void Context_and_verbose_output_do_not_show_the_keys_of_a_credential_object()
    {
        var result = session.Run($"Set-ARContext us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(RotatingCredentials).FullName}]::new()) -PassThru; New-ARService shop {Session.Image} -WhatIf -Verbose");

        result.ShouldBeClean();
        result.Verbose.ShouldContain(line => line.Contains("as -Credential"));
        result.AllText.ShouldNotContain("hush");
    }
}
