using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Connections;

/// <summary>The session variables that Set-AWSCredential and Set-DefaultAWSRegion of AWS.Tools set.</summary>
public sealed class AwsToolsVariableTests : IAsyncDisposable
{
    private readonly Session session = Session.Plain();
    private readonly ScriptedServer server = new(ScriptedServer.Respond("{}"));

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public void AWS_Tools_credentials_and_region_are_used_by_default()
    {
        Run($"$StoredAWSCredentials = {Stored("AKIDTOOLS")}; $StoredAWSRegion = 'eu-north-1'", "Get-ARService");

        Signed("AKIDTOOLS", "eu-north-1");
    }

    [Theory]
    [InlineData("", "Get-ARService -AccessKey AKIDGIVEN -SecretKey hush -Region us-west-2")]
    [InlineData("Set-ARContext us-west-2 -AccessKey AKIDGIVEN -SecretKey hush", "Get-ARService")]
    public void Parameters_and_context_take_precedence_over_AWS_Tools_variables(string before, string command)
    {
        Run($"$StoredAWSCredentials = {Stored("AKIDTOOLS")}; $StoredAWSRegion = 'eu-north-1'; {before}", command);

        Signed("AKIDGIVEN", "us-west-2");
    }

    [Fact]
    public void A_local_endpoint_takes_precedence_over_AWS_Tools_variables()
    {
        using var local = Session.Local("-OperationDuration 0.05 -Region ap-south-1");
        local.Run($"$StoredAWSCredentials = {Stored("AKIDTOOLS")}; $StoredAWSRegion = 'eu-north-1'").ShouldBeClean();

        local.NewService("shop").Region.ShouldBe("ap-south-1");
        local.Run("(Get-ARContext).Source").All<string>().ShouldBe(["Local endpoint"]);
    }

    [Theory]
    [InlineData("$global:StoredAWSCredentials = {0}; $global:StoredAWSRegion = 'eu-north-1'; & {{ {1} }}")]
    [InlineData("$script:StoredAWSCredentials = {0}; $script:StoredAWSRegion = 'eu-north-1'; function Call {{ {1} }}; Call")]
    [InlineData("function Call {{ $StoredAWSCredentials = {0}; $StoredAWSRegion = 'eu-north-1'; {1} }}; Call")]
    [InlineData("$global:StoredAWSCredentials = {0}; $global:StoredAWSRegion = 'eu-north-1'; $null = New-Module {{ function Call {{ {1} }} }}; Call")]
    [InlineData("$StoredAWSRegion = 'us-west-2'; $null = New-Module {{ $script:StoredAWSCredentials = {0}; $script:StoredAWSRegion = 'eu-north-1'; function Call {{ {1} }} }}; Call")]
    public void The_variables_are_read_in_the_callers_scope(string script)
    {
        session.Run(string.Format(null, script, Stored("AKIDTOOLS"), $"Get-ARService -EndpointUrl {server.Url}")).ShouldBeClean();

        Signed("AKIDTOOLS", "eu-north-1");
    }

    [Fact]
    public void Variables_of_another_modules_scope_are_not_read()
    {
        session.Run($"$StoredAWSRegion = 'us-west-2'; $null = New-Module {{ $script:StoredAWSRegion = 'eu-north-1' }}; Get-ARService -EndpointUrl {server.Url} -AccessKey AKIDGIVEN -SecretKey hush").ShouldBeClean();

        Signed("AKIDGIVEN", "us-west-2");
    }

    [Fact]
    public void Credentials_without_the_wrapper_are_accepted_and_read_before_each_request()
    {
        Run($"$StoredAWSCredentials = [{typeof(RotatingCredentials).FullName}]::new(); $StoredAWSRegion = 'eu-north-1'", "Get-ARService", "Get-ARService");

        server.Requests.Select(request => request.Headers["Authorization"].Split('/')[0]).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void The_Credential_parameter_accepts_the_wrapper()
    {
        Run($"$kept = {Stored("AKIDTOOLS")}", "Get-ARService -Region eu-north-1 -Credential $kept");

        Signed("AKIDTOOLS", "eu-north-1");
    }

    [Fact]
    public void A_string_is_a_profile_name_without_fallback_to_other_credentials()
    {
        session.Run($"$StoredAWSCredentials = 'missing'; Get-ARService -Region eu-north-1 -EndpointUrl {server.Url}").ErrorWith("NoCredential").ToString().ShouldContain("\"missing\"");

        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Deserialized.Amazon.PowerShell.Common.AWSPSCredentials' }", "Deserialized.Amazon.PowerShell.Common.AWSPSCredentials")]
    [InlineData("42", "System.Int32")]
    [InlineData("@{ SecretKey = 'hush' }", "System.Collections.Hashtable")]
    public void A_value_without_keys_is_an_error_that_names_the_variable(string value, string kind)
    {
        var result = session.Run($"$StoredAWSCredentials = {value}; Get-ARService -Region eu-north-1 -EndpointUrl {server.Url}");

        var error = result.ErrorWith("NoCredential");
        error.ToString().ShouldContain("$StoredAWSCredentials contains an object of type " + kind);
        error.ErrorDetails.RecommendedAction.ShouldContain("Set-AWSCredential");
        result.AllText.ShouldNotContain("hush");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void An_invalid_region_is_an_error_that_names_the_variable()
    {
        session.Run($"$StoredAWSRegion = 1, 2; Get-ARService -AccessKey AKIDGIVEN -SecretKey hush -EndpointUrl {server.Url}").ErrorWith("NoRegion").ToString().ShouldContain("$StoredAWSRegion");

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_variables_take_precedence_over_the_environment_and_Get_ARContext_shows_them_without_secrets()
    {
        // In a separate process, without local endpoints and other variables.
        var lines = await Probe.StartAsync($$"""
            function Show { $now = Get-ARContext; "$($now.Region): $($now.Source)"; $now.psobject.Properties.Value }
            $StoredAWSCredentials = $null; $StoredAWSRegion = ''; Show
            $StoredAWSCredentials = {{Stored("AKIDTOOLS")}}; Show
            $StoredAWSRegion = 'eu-north-1'; Show
            Set-ARContext us-west-2; Show
            Clear-ARContext
            $env:AWS_ACCESS_KEY_ID = 'AKIDVARIABLE'; $env:AWS_SECRET_ACCESS_KEY = 'hush'; $env:AWS_REGION = 'us-west-2'
            Get-ARService -EndpointUrl {{server.Url}}
            """);

        lines.Where(line => line.Contains(": ", StringComparison.Ordinal)).ShouldBe([
            ": Environment and AWS profiles",
            ": AWS.Tools ($StoredAWSCredentials \"kept\"), then environment and AWS profiles",
            "eu-north-1: AWS.Tools ($StoredAWSCredentials \"kept\", $StoredAWSRegion), then environment and AWS profiles",
            "us-west-2: Set-ARContext, then AWS.Tools ($StoredAWSCredentials \"kept\", $StoredAWSRegion), then environment and AWS profiles"]);
        lines.ShouldAllBe(line => !line.Contains("hush"));
        Signed("AKIDTOOLS", "eu-north-1");
    }

    private static string Stored(string accessKey) => $"[{typeof(AWSPSCredentials).FullName}]::new([pscustomobject]@{{ AccessKey = '{accessKey}'; SecretKey = 'hush' }}, 'kept')";

    private void Run(string before, params string[] commands) => session.Run(before + string.Concat(commands.Select(command => $"; {command} -EndpointUrl {server.Url}"))).ShouldBeClean();

    private void Signed(string accessKey, string region)
    {
        var signature = server.Requests.ShouldHaveSingleItem().Headers["Authorization"];
        signature.ShouldContain($"Credential={accessKey}/");
        signature.ShouldContain($"/{region}/apprunner/");
    }
}
