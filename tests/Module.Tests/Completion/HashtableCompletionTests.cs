using System;
using System.Linq;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Completion;

/// <summary>
/// Tab inside hashtables. The engine completes keys from the type of the parameter, and asks no completer of a module about anything between
/// the braces. These tests show what it does with our types, and fail if a newer engine can do more.
/// </summary>
public sealed class HashtableCompletionTests : IDisposable
{
    private readonly Session session = Session.Plain();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("New-ARService web img -HealthCheckConfiguration @{ <TAB>", "HealthyThreshold,Interval,Path,Protocol,Timeout,UnhealthyThreshold")]
    [InlineData("New-ARService web img -HealthCheckConfiguration @{ Protocol = 'HTTP'; path = '/'; <TAB> }", "HealthyThreshold,Interval,Timeout,UnhealthyThreshold")]
    [InlineData("Update-ARService web -InstanceConfiguration @{\n    Cpu = 1\n    <TAB>\n}", "InstanceRoleArn,Memory")]
    [InlineData("Publish-ARService web -NetworkConfiguration @{ EgressConfiguration = @{ <TAB>", "EgressType,VpcConnectorArn")]
    [InlineData("New-ARService web -SourceConfiguration @{ CodeRepository = @{ CodeConfiguration = @{ CodeConfigurationValues = @{ Run<TAB> } } } }", "Runtime,RuntimeEnvironmentSecrets,RuntimeEnvironmentVariables")]
    [InlineData("Compare-ARService -SourceConfiguration @{ 'ImageRepository' = @{ ImageConfiguration = @{ St<TAB>", "StartCommand")]
    [InlineData("New-ARService web -SourceConfiguration ([AppRunner.Model.SourceConfiguration]@{ Im<TAB>", "ImageRepository")]
    [InlineData("[AppRunner.Model.CreateServiceRequest]@{ Ser<TAB> } | New-ARService", "ServiceName")]
    [InlineData("[AppRunner.Model.CreateServiceRequest]@{ SourceConfiguration = @{ Im<TAB> } } | Publish-ARService", "ImageRepository")]
    [InlineData("New-ARService -InputObject @{ Ser<TAB>", "ServiceName")]
    [InlineData("Update-ARService web -InputObject @{ ServiceName = 'web'; S<TAB> }", "SourceConfiguration")]
    [InlineData("Compare-ARService -InputObject @{ SourceConfiguration = @{ Im<TAB>", "ImageRepository")]
    [InlineData("Publish-ARService -InputObject @{ NetworkConfiguration = @{ IngressConfiguration = @{ <TAB>", "IsPubliclyAccessible")]
    [InlineData("Test-ARServiceDefinition -InputObject @{ He<TAB> } -Quiet", "HealthCheckConfiguration")]
    [InlineData("New-ARService -InputObject ([AppRunner.Model.CreateServiceRequest]@{ Ser<TAB>", "ServiceName")]
    [InlineData("$web = @{ RuntimeV<TAB>RepositoryU }; New-ARService @web", "")]
    [InlineData("$web = @{ RepositoryU<TAB> }; New-ARService @web", "RepositoryUrl")]
    public void Keys_are_completed(string text, string expected) =>
        session.Completions(text.Replace("\\n", "\n", StringComparison.Ordinal)).Select(key => key.CompletionText)

            // The engine offers this of every type with a display property set, its own too.
            .Where(key => key != "PSStandardMembers").ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("New-ARService web img -HealthCheckConfiguration (New-ARHealthCheckConfig -Protocol <TAB>", "TCP,HTTP")]
    [InlineData("@{ ServiceName = 'web'; HealthCheckConfiguration = New-ARHealthCheckConfig -Protocol h<TAB> } | New-ARService", "HTTP")]
    [InlineData("New-ARService web -SourceConfiguration (New-ARSourceConfig -Runtime 'PHP", "PHP_81")]
    [InlineData("@{ NetworkConfiguration = @{ EgressConfiguration = @{ EgressType = [AppRunner.Model.EgressType]::D<TAB> } } }", "Default")]
    public void Values_are_completed_as_arguments_and_constants(string text, string expected) => session.Completions(text).Select(value => value.CompletionText).ShouldBe(expected.Split(','));

    [Theory]
    [InlineData("New-ARService web img -HealthCheckConfiguration @{ Protocol = <TAB>")]
    [InlineData("New-ARService web img -HealthCheckConfiguration @{ Protocol = <TAB> }")]
    [InlineData("New-ARService web img -HealthCheckConfiguration @{ Protocol = 'HT<TAB>")]
    [InlineData("New-ARService web img -HealthCheckConfiguration @{ Protocol = \"HT<TAB>\" }")]
    [InlineData("New-ARService web -SourceConfiguration ([pscustomobject]@{ <TAB>")]
    [InlineData("New-ARService web -SourceConfiguration ([ordered]@{ CodeRe<TAB>")]
    [InlineData("@{ ServiceN<TAB> } | New-ARService")]
    [InlineData("@{ ServiceN<TAB> } | Publish-ARService")]
    public void Where_the_engine_calls_no_completer_nothing_is_offered(string text) => session.Completions(text).ShouldBeEmpty();
}
