using System;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Rules;

public sealed class DefaultsTests
{
    [Fact]
    public void A_default_is_read_by_member_name()
    {
        Defaults.Text<HealthCheckConfiguration>(nameof(HealthCheckConfiguration.Protocol)).ShouldBe("TCP");
        Defaults.Number<HealthCheckConfiguration>(nameof(HealthCheckConfiguration.Interval)).ShouldBe(5);
        Defaults.Number<ImageConfiguration>(nameof(ImageConfiguration.Port)).ShouldBe(8080);
        Defaults.Of<IngressConfiguration>(nameof(IngressConfiguration.IsPubliclyAccessible)).ShouldBe(true);
        Should.Throw<ArgumentException>(() => Defaults.Of<InstanceConfiguration>(nameof(InstanceConfiguration.InstanceRoleArn)));
    }

    [Fact]
    public void Absent_members_are_filled_at_every_depth_and_given_ones_are_kept()
    {
        var request = Defaults.Fill(new CreateServiceRequest
        {
            InstanceConfiguration = new InstanceConfiguration { Cpu = "256", Memory = string.Empty },
            SourceConfiguration = new SourceConfiguration { ImageRepository = new ImageRepository() },
        });

        request.InstanceConfiguration!.Cpu.ShouldBe("256");
        request.InstanceConfiguration.Memory.ShouldBe("2048");
        request.InstanceConfiguration.InstanceRoleArn.ShouldBeNull();
        request.HealthCheckConfiguration!.UnhealthyThreshold.ShouldBe(5);
        request.NetworkConfiguration!.EgressConfiguration!.EgressType.ShouldBe(EgressType.Default);
        request.NetworkConfiguration.IngressConfiguration!.IsPubliclyAccessible.ShouldBe(true);
        request.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("8080");
        request.SourceConfiguration.CodeRepository.ShouldBeNull();
        request.EncryptionConfiguration.ShouldBeNull();
    }
}
