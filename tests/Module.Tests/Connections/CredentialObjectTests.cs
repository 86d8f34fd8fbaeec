using System;
using System.Linq;
using System.Threading.Tasks;
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
    public void Context_and_verbose_output_do_not_show_the_keys_of_a_credential_object()
    {
        var result = session.Run($"Set-ARContext us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(RotatingCredentials).FullName}]::new()) -PassThru; New-ARService shop {Session.Image} -WhatIf -Verbose");

        result.ShouldBeClean();
        result.Verbose.ShouldContain(line => line.Contains("as -Credential"));
        result.AllText.ShouldNotContain("hush");
    }
}
