using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Configs;

/// <summary>Piped rows as the input of New-AR...Config cmdlets.</summary>
public sealed class ConfigRowTests : IDisposable
{
    private readonly Session session = Session.Plain();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_row_does_not_inherit_values_of_the_previous_row()
    {
        var result = session.Run("[pscustomobject]@{ Interval = 3; Path = '/up'; Protocol = 'HTTP' }, [pscustomobject]@{ Timeout = 6 } | New-ARHealthCheckConfig -UnhealthyThreshold 7");

        result.ShouldBeClean();
        result.All<HealthCheckConfiguration>().Select(check => (check.Protocol, check.Path, check.Interval, check.Timeout, check.UnhealthyThreshold))
            .ShouldBe([("HTTP", "/up", 3, null, 7), (null, null, null, 6, 7)]);
    }

    [Fact]
    public void A_Boolean_of_one_row_is_not_used_for_the_next_row()
    {
        var image = $"ImageIdentifier = '{Session.Image}'";
        var result = session.Run($"[pscustomobject]@{{ {image}; AutoDeploymentsEnabled = $false; Port = '81' }}, [pscustomobject]@{{ {image} }} | New-ARSourceConfig");

        result.ShouldBeClean();
        result.All<SourceConfiguration>().Select(source => (source.AutoDeploymentsEnabled, source.ImageRepository!.ImageConfiguration?.Port)).ShouldBe([(false, "81"), (null, null)]);

        session.Run("[pscustomobject]@{ IsPubliclyAccessible = $false }, [pscustomobject]@{ IpAddressType = 'IPV4' } | New-ARNetworkConfig").All<NetworkConfiguration>()
            .Select(network => network.IngressConfiguration?.IsPubliclyAccessible).ShouldBe([false, null]);
    }

    [Fact]
    public void An_empty_cell_is_not_given()
    {
        var result = session.Run("[pscustomobject]@{ Protocol = ''; Path = ''; Interval = ''; Timeout = '4' } | New-ARHealthCheckConfig");

        result.ShouldBeClean();
        var check = result.All<HealthCheckConfiguration>().ShouldHaveSingleItem();
        (check.Protocol, check.Path, check.Interval, check.Timeout).ShouldBe((null, null, null, 4));
        session.Run("[pscustomobject]@{ IsPubliclyAccessible = ''; IpAddressType = 'IPV4' } | New-ARNetworkConfig").All<NetworkConfiguration>().ShouldHaveSingleItem().IngressConfiguration.ShouldBeNull();
    }

    [Fact]
    public void A_Boolean_can_be_given_as_text()
    {
        session.Run("[pscustomobject]@{ IsPubliclyAccessible = 'False' } | New-ARNetworkConfig").All<NetworkConfiguration>().ShouldHaveSingleItem().IngressConfiguration!.IsPubliclyAccessible.ShouldBe(false);
        session.Run("[pscustomobject]@{ ObservabilityEnabled = 'false' }, [pscustomobject]@{ ObservabilityEnabled = '' } | New-ARServiceObservabilityConfig").All<ServiceObservabilityConfiguration>().Select(tracing => tracing.ObservabilityEnabled).ShouldBe([false, true]);
    }
}
