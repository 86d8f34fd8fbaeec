using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>The endpoint's time: it moves when a step says so, and can be made to fail, as the endpoint's one part that a test can break.</summary>
internal sealed class ScenarioClock : IClock
{
    // Beginning now: clients correct their own clock by the Date of an answer, and signatures are judged by the real time.
    private DateTime now = DateTime.UtcNow;

    public bool IsBroken { get; set; }

    public DateTime UtcNow => IsBroken ? throw new InvalidOperationException("The clock is broken.") : now;

    public void Advance(TimeSpan time) => now += time;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => throw new NotSupportedException();
}
