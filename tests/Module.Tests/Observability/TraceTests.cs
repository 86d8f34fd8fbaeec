using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Observability;

public sealed class TraceTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("AWSXRAY", "AWSXRAY")]
    [InlineData("-Vendor awsxray", "AWSXRAY")]
    [InlineData("-TraceConfiguration @{ Vendor = 'AWSXRAY' }", "AWSXRAY")]
    [InlineData("-TraceConfiguration @{ vendor = 'AWSXRAY' }", "AWSXRAY")]
    [InlineData("-TraceConfiguration ([pscustomobject]@{ Vendor = 'AWSXRAY' })", "AWSXRAY")]
    [InlineData("", null)]
    public void The_tracing_vendor_is_set_by_parameter(string parameters, string? vendor)
    {
        session.Run("New-ARObservabilityConfiguration tracing " + parameters).All<ObservabilityConfiguration>().Single().TraceConfiguration?.Vendor.ShouldBe(vendor);
    }

    [Theory]
    [InlineData("@{}", "TraceConfiguration.Vendor: is required.")]
    [InlineData("7", "TraceConfiguration: must be a hashtable")]
    public void An_invalid_trace_configuration_is_rejected_before_a_request_is_sent(string configuration, string message)
    {
        var error = session.Run("New-ARObservabilityConfiguration tracing -TraceConfiguration " + configuration).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain(message);
        error.TargetObject.ShouldBe("tracing");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_piped_revision_creates_the_next_revision()
    {
        session.Run("New-ARObservabilityConfiguration tracing AWSXRAY").ShouldBeClean();

        var next = session.Run("Get-ARObservabilityConfiguration tracing | New-ARObservabilityConfiguration").All<ObservabilityConfiguration>().Single();

        (next.ObservabilityConfigurationRevision, next.Latest, next.TraceConfiguration!.Vendor).ShouldBe((2, true, "AWSXRAY"));
    }

    [Fact]
    public void A_piped_service_returns_its_resource_which_cannot_be_removed()
    {
        session.Run("'tracing', 'other' | ForEach-Object { New-ARObservabilityConfiguration $_ AWSXRAY }").ShouldBeClean();
        session.NewService("web1", "-ObservabilityConfiguration (New-ARServiceObservabilityConfig (Get-ARObservabilityConfiguration tracing))");
        session.NewService("web2");

        session.Run("Get-ARService | Get-ARObservabilityConfiguration").All<ObservabilityConfiguration>().ShouldHaveSingleItem().ToString().ShouldBe("tracing/1");
        var result = session.Run("'tracing', 'other' | Remove-ARObservabilityConfiguration -Confirm:$false");

        result.ErrorWith("InvalidParameter").ToString().ShouldContain("1 service uses it");
        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("other/1");
    }
}
