using System;
using System.Reflection;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.LocalEndpoints;

/// <summary>Defects of the local endpoint, caused by a clock that throws.</summary>
public sealed class InternalErrorTests
{
    [Fact]
    public void The_cmdlet_whose_request_failed_warns_once_and_names_operation_and_exception()
    {
        using var session = Session.Local();
        var clock = Break(session.Endpoint);

        var failed = session.Run("Get-ARService");
        var advice = failed.Errors.ShouldHaveSingleItem().ErrorDetails.RecommendedAction;
        advice.ShouldStartWith("The local App Runner failed, not AWS.");
        advice.ShouldNotContain("AWS request id");
        failed.Warnings.ShouldHaveSingleItem().ShouldStartWith("The local App Runner failed while handling ListServices: InvalidOperationException: a test broke the clock (at ");
        failed.Warnings[0].ShouldContain("). This is a defect of the AppRunner module 0.1.0. Report it where you got the module: in the issue tracker of its project. Include this text. Remove secrets from it first.");

        session.Run("Get-ARService").Warnings.ShouldBeEmpty();
        clock.Fails = false;
        session.Run("Get-ARService").ShouldBeClean();
    }

    [Fact]
    public void The_next_cmdlet_of_the_starting_session_warns_of_an_error_in_another_session()
    {
        using var session = Session.Local();
        using var other = Session.Plain();
        var clock = Break(session.Endpoint);
        var result = other.Run($"Get-ARService -Region us-east-1 -AccessKey {session.Endpoint.AccessKey} -SecretKey {session.Endpoint.SecretKey} -EndpointUrl {session.Endpoint.EndpointUrl}");
        result.Errors.ShouldHaveSingleItem();
        result.Warnings.ShouldBeEmpty();
        clock.Fails = false;

        session.Run("Get-ARContext").Warnings.ShouldHaveSingleItem().ShouldContain("ListServices");
        session.Run("Get-ARContext").Warnings.ShouldBeEmpty();
    }

    // The endpoint's assembly is in the module's private load context, so there is no other way to its clock.
    private static BreakableClock Break(LocalEndpoint endpoint)
    {
        var clock = new BreakableClock();
        var api = endpoint.GetType().GetField("api", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(endpoint)!;
        api.GetType().GetField("clock", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(api, clock);
        return clock;
    }

    private sealed class BreakableClock : IClock
    {
        public bool Fails { get; set; } = true;

        public DateTime UtcNow => Fails ? throw new InvalidOperationException("a test broke the clock") : DateTime.UtcNow;

        public Task Delay(TimeSpan delay, System.Threading.CancellationToken cancellationToken) => SystemClock.Instance.Delay(delay, cancellationToken);
    }
}
