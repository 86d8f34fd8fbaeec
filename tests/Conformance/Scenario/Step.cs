using System;
using System.Threading.Tasks;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>One step of a scenario.</summary>
internal abstract record Step
{
    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Such as CreateService.</param>
    /// <param name="input">Its request as JSON. A string <c>$web.Service.ServiceArn</c> is replaced by that member of the response that was kept as "web".</param>
    public static Call Call(string operation, string input = "{}") => new(operation, input);

    /// <summary>Calls an operation until the quota is exceeded.</summary>
    /// <param name="operation">Such as CreateConnection.</param>
    /// <param name="quota">The largest number of calls that may succeed.</param>
    /// <param name="input">Its request; # is replaced by a number.</param>
    public static UpToQuota UpToQuota(string operation, int quota, string input) => new(operation, quota, input);

    /// <summary>Advances the clock, so that running operations end or reach their next stage.</summary>
    public static Step Pass() => new Act("the time passes", run => run.Clock.Advance(run.Endpoint.OperationDuration));

    /// <summary>An action on the local endpoint that the API does not have.</summary>
    /// <param name="what">Its description in reports.</param>
    /// <param name="action">The action.</param>
    public static Step Do(string what, Action<Run> action) => new Act(what, action);

    /// <summary>Runs the step.</summary>
    /// <exception cref="Problem">The result is not the expected one.</exception>
    public abstract Task RunAsync(Run run);

    private sealed record Act(string What, Action<Run> Action) : Step
    {
        public override Task RunAsync(Run run)
        {
            Action(run);
            return Task.CompletedTask;
        }

        public override string ToString() => What;
    }
}
