using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Secrets;

/// <summary>Sensitive values are shown only if a user reads the property by name.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Secret = "sesame-open";
    private const string Settings = "-StartCommand 'run sesame-open' -EnvironmentVariable @{ 'hidden-name' = 'sesame-open' } -EnvironmentSecret @{ KEY = '/path/sesame-open' }";
    private const string Role = " -InstanceRoleArn arn:aws:iam::123456789012:role/web";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("New-ARService web2 " + Session.Image + " " + Settings + Role + " -Verbose")]
    [InlineData("New-ARService web2 " + Session.Image + " " + Settings + Role + " -Verbose -WhatIf")]
    [InlineData("Update-ARService web1 " + Settings + Role + " -Verbose -Wait -PollInterval 0.02")]
    [InlineData("Update-ARService web1 " + Settings + Role + " -Verbose -WhatIf")]
    [InlineData("New-ARService web1 " + Session.Image + " " + Settings + Role + " -Verbose")]
    [InlineData("New-ARService '-x' " + Session.Image + " " + Settings + " -Verbose")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'x'; StartCommand = 'sesame-open' } | New-ARService")]
    [InlineData("New-ARService web1 " + Session.Image + " -EnvironmentVariable 'sesame-open'")]
    [InlineData("New-ARService web1 " + Session.Image + " -EnvironmentSecret @{ 'sesame-open' = 'not a reference: sesame-open' }")]
    [InlineData("New-ARService web1 " + Session.Image + " -EnvironmentVariable @{ A = @{ a = 'sesame-open' } }")]
    [InlineData("New-ARService web1 " + Session.Image + " -StartCommand \"sesame-open`nx\"")]
    [InlineData("New-ARSourceConfig " + Session.Image + " -StartCommand \"sesame-open`nx\"")]
    [InlineData("New-ARSourceConfig nginx " + Settings)]
    [InlineData("Set-ARContext -SecretKey sesame-open; Set-ARContext -SessionToken sesame-open; Get-ARService -SecretKey sesame-open")]
    [InlineData("Get-ARService -Credential @{ AccessKey = 'a'; SecretToken = 'sesame-open' }")]
    [InlineData("Get-ARService -Region us-east-1 -AccessKey AKID -SecretKey sesame-open -EndpointUrl (Get-ARContext).EndpointUrl -Verbose")]
    public void Streams_and_errors_contain_no_secrets(string script)
    {
        session.NewService("web1");

        var result = session.Run(script);

        (result.Errors.Count + result.Verbose.Count + result.Output.Count + (result.Ended is null ? 0 : 1)).ShouldBeGreaterThan(0);
        result.AllText.ShouldNotContain(Secret, Case.Insensitive);
    }

    [Theory]
    [InlineData("-StartCommand 'run sesame-open'", "StartCommand")]
    [InlineData("-EnvironmentVariable @{ A = 'sesame-open' }", "RuntimeEnvironmentVariables")]
    [InlineData("-EnvironmentSecret @{ A = '/path/sesame-open' }", "RuntimeEnvironmentSecrets")]
    public void Verbose_output_masks_secrets(string parameter, string member)
    {
        var shown = session.Run($"New-ARService web1 {Session.Image} {parameter} {Role} -Verbose -WhatIf").Verbose.Single(text => text.Contains("CreateService", StringComparison.Ordinal));

        shown.ShouldContain($"\"{member}\": \"*****");
        shown.ShouldContain("web1");
    }

    [Theory]
    [InlineData("Get-ARService web1")]
    [InlineData("Get-ARService")]
    [InlineData("(Get-ARService web1).SourceConfiguration")]
    [InlineData("(Get-ARService web1).SourceConfiguration.ImageRepository")]
    [InlineData("(Get-ARService web1).SourceConfiguration.ImageRepository.ImageConfiguration")]
    [InlineData("New-ARSourceConfig " + Session.Image + " " + Settings)]
    [InlineData("New-ARSourceConfig -RepositoryUrl https://git.example.com/o/n -Runtime NODEJS_22 -BuildCommand 'sesame-open' " + Settings)]
    [InlineData("$Error.Clear(); New-ARService web1 nginx " + Settings + "; $Error[0]")]
    public void Default_views_contain_no_secrets(string script)
    {
        session.NewService("web1", Settings + Role);

        var shown = session.Show(script);

        shown.ShouldNotBeNullOrWhiteSpace();
        shown.ShouldNotContain(Secret, Case.Insensitive);
    }

    [Fact]
    public void Secret_properties_can_be_read_by_name()
    {
        session.NewService("web1", Settings + Role);

        session.Run("(Get-ARService web1).SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand").All<string>().Single().ShouldBe("run " + Secret);
    }

    [Fact]
    public async Task The_services_message_is_shown_without_the_request()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("InvalidRequestException", "No."));
        using var other = Session.To(server);

        var result = other.Run($"New-ARService web1 {Session.Image} {Settings}{Role} -Verbose -Debug");

        result.Errors.ShouldHaveSingleItem().ToString().ShouldBe("No.");
        result.AllText.ShouldNotContain(Secret, Case.Insensitive);
    }
}
