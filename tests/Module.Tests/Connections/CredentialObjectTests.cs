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
    public void An_object_that_Set_ARContext_keeps_is_asked_before_each_call()
    {
        session.Run($"Set-ARContext us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(RotatingCredentials).FullName}]::new()); Get-ARService; Get-ARService").ShouldBeClean();

        Signers.Length.ShouldBe(3);
        Signers.Distinct().Count().ShouldBe(3);
        Signers.ShouldAllBe(signer => signer.StartsWith("AKIDROTATED", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$true", "the sign-on is over")]
    [InlineData("$false", "gives no access key")]
    public void An_object_that_gives_none_is_an_error_and_no_other_identity_steps_in(string throws, string words)
    {
        var result = session.Run($"Get-ARService -Region us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(FailingCredentials).FullName}]::new({throws}))");

        var error = result.ErrorWith("NoCredential");
        error.ToString().ShouldContain("-Credential");
        error.ToString().ShouldContain(words);
        result.Words.ShouldNotContain("hush");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_ends_the_waiting_for_an_object_that_never_answers()
    {
        var (result, took) = await session.StopAsync($"Get-ARService -Region us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(BlockingCredentials).FullName}]::new())", BlockingCredentials.Asked);

        result.Errors.ShouldBeEmpty();
        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_class_written_in_PowerShell_is_asked_where_its_script_can_run()
    {
        session.Run($$"""
            class Mine { [object] GetCredentials() { return [pscustomobject]@{ AccessKey = 'AKIDCLASS'; SecretKey = 'hush' } } }
            Get-ARService -Region us-east-1 -EndpointUrl {{server.Url}} -Credential ([Mine]::new())
            """).ShouldBeClean();

        Signers.ShouldBe(["AKIDCLASS", "AKIDCLASS"]);
    }

    [Fact]
    public void Neither_the_context_nor_what_is_shown_of_a_request_tells_an_objects_keys()
    {
        var result = session.Run($"Set-ARContext us-east-1 -EndpointUrl {server.Url} -Credential ([{typeof(RotatingCredentials).FullName}]::new()) -PassThru; New-ARService shop {Session.Image} -WhatIf -Verbose");

        result.ShouldBeClean();
        result.Verbose.ShouldContain(line => line.Contains("as -Credential"));
        result.Words.ShouldNotContain("hush");
    }
}
