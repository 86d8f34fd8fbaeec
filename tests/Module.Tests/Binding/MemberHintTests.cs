using System;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>What an error says about a member that does not exist.</summary>
public sealed class MemberHintTests : IDisposable
{
    private readonly Session session = Session.Plain();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Environment", "Did you mean \"EnvironmentVariable\" or \"EnvironmentSecret\"?")]
    [InlineData("env", "Did you mean \"EnvironmentVariable\" or \"EnvironmentSecret\"?")]
    [InlineData("EnvVars", "Did you mean \"EnvironmentVariable\"?")]
    [InlineData("EnvironmentVariabel", "Did you mean \"EnvironmentVariable\"?")]
    [InlineData("EnvironmentSettings", "Did you mean \"EnvironmentVariable\" or \"EnvironmentSecret\"?")]
    [InlineData("EnvironmentSecert", "Did you mean \"EnvironmentSecret\"?")]
    [InlineData("Secrets", "Did you mean \"EnvironmentSecret\"?")]
    [InlineData("Image", "Did you mean \"ImageIdentifier\"?")]
    [InlineData("Cpuu", "Did you mean \"Cpu\"?")]
    [InlineData("Ram", "Did you mean \"Memory\"?")]
    [InlineData("Role", "Did you mean \"InstanceRoleArn\" or \"AccessRoleArn\"?")]
    [InlineData("HealthCheck", "Did you mean \"HealthCheckConfiguration\"?")]
    [InlineData("health-check-configuration", "Did you mean \"HealthCheckConfiguration\"?")]
    [InlineData("service_name", "Did you mean \"ServiceName\"?")]
    [InlineData("Command", "Did you mean \"StartCommand\"?")]
    [InlineData("ContainerPort", "Did you mean \"Port\"?")]
    [InlineData("ImageRepository", "It belongs into SourceConfiguration.")]
    [InlineData("ImageRepositoryType", "It belongs into SourceConfiguration.ImageRepository.")]
    [InlineData("CodeConfigurationValues", "It belongs into SourceConfiguration.CodeRepository.CodeConfiguration.")]
    [InlineData("AuthenticationConfiguration", "It belongs into SourceConfiguration.")]
    [InlineData("interval", "It belongs into HealthCheckConfiguration.")]
    [InlineData("TimeoutSeconds", "Did you mean \"Timeout\"? It belongs into HealthCheckConfiguration.")]
    [InlineData("EgressType", "It belongs into NetworkConfiguration.EgressConfiguration.")]
    [InlineData("KmsKeyArn", "Did you mean \"KmsKey\"? It belongs into EncryptionConfiguration.")]
    [InlineData("MinSize", "It is set with New-ARAutoScalingConfiguration")]
    [InlineData("EnvSecret", "Did you mean \"EnvironmentSecret\"?")]
    [InlineData("ENV_VARS", "Did you mean \"EnvironmentVariable\"?")]
    [InlineData("BuildCmd", "Did you mean \"BuildCommand\"?")]
    [InlineData("docker-image", "Did you mean \"ImageIdentifier\"?")]
    [InlineData("ImageConfig", "Did you mean \"ImageConfiguration\"? It belongs into SourceConfiguration.ImageRepository.")]
    [InlineData("Instance", "Did you mean \"InstanceConfiguration\"?")]
    [InlineData("Zebra", "See about_ARServiceDefinition for those that are.")]
    public void An_unknown_member_of_a_definition_is_led_to_the_nearest_by_meaning_and_level(string member, string hint)
    {
        foreach (var kind in new[] { "@", "[pscustomobject]@" })
        {
            session.Run($"{kind}{{ ServiceName = 'web1'; ImageIdentifier = '{Session.Image}'; '{member}' = 'x' }} | New-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString()
                .ShouldMatch($"^{System.Text.RegularExpressions.Regex.Escape(member)}: is not a known member( here)?\\. {System.Text.RegularExpressions.Regex.Escape(hint)}");
        }
    }

    [Theory]
    [InlineData("-HealthCheckConfiguration @{ Cpu = 1 }", "HealthCheckConfiguration.Cpu: is not a known member here. It belongs into InstanceConfiguration.")]
    [InlineData("-HealthCheckConfiguration @{ Foo = 1 }", "HealthCheckConfiguration.Foo: is not a known member. The known members are Protocol, Path, Interval, Timeout, HealthyThreshold, UnhealthyThreshold.")]
    [InlineData("-NetworkConfiguration @{ VpcConnectorArn = 'x' }", "NetworkConfiguration.VpcConnectorArn: is not a known member here. It belongs into NetworkConfiguration.EgressConfiguration.")]
    [InlineData("-SourceConfiguration @{ ImageIdentifier = 'x' }", "SourceConfiguration.ImageIdentifier: is not a known member here. It belongs into SourceConfiguration.ImageRepository.")]
    [InlineData("-SourceConfiguration @{ Repository = 'x' }", "SourceConfiguration.Repository: is not a known member. Did you mean \"CodeRepository\"?")]
    [InlineData("-SourceConfiguration @{ ImageRepository = @{ ImageIdentifier = 'x'; ImageRepositoryType = 'ECR'; ImageConfiguration = @{ EnvironmentVariable = @{} } } }", "SourceConfiguration.ImageRepository.ImageConfiguration.EnvironmentVariable: is not a known member. Did you mean \"RuntimeEnvironmentVariables\"?")]
    public void An_unknown_member_of_a_part_is_led_to_its_place_in_the_definition(string parameter, string message)
    {
        var image = parameter.StartsWith("-Source", StringComparison.Ordinal) ? string.Empty : Session.Image;

        session.Run($"New-ARService web1 {image} {parameter}").Errors.ShouldHaveSingleItem().ToString().ShouldContain(message);
    }

    [Fact]
    public void A_member_that_cannot_be_read_is_not_reported_as_missing()
    {
        session.Run("@{ ServiceName = 'web1'; SourceConfiguration = 5 } | New-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe("SourceConfiguration: must be a hashtable or a SourceConfiguration, not a number.");
        session.Run("@{ ServiceName = 'web1'; ImageIdentifier = @(1, 2) } | New-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe("ImageIdentifier: must be a string, not a list.");
        session.Run("@{ ServiceName = 'web1'; SourceConfiguration = @{ ImageRepositry = @{} } } | New-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe("SourceConfiguration.ImageRepositry: is not a known member. Did you mean \"ImageRepository\"?");

        // What has nothing to do with it is still reported.
        session.Run($"@{{ ImageIdentifier = '{Session.Image}'; Cpuu = 1 }} | New-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldContain("ServiceName: is required.");
    }
}
