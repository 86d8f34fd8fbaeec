using System;
using System.Threading.Tasks;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>One step of a scenario.</summary>
internal abstract record Step
{
    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Such as CreateService.</param>
    /// <param name="input">Its request as JSON. A string <c>$web.Service.ServiceArn</c> stands for that member of the answer that was kept as "web".</param>
    public static Call Call(string operation, string input = "{}") => new(operation, input);

    /// <summary>Calls an operation until the account is full.</summary>
    /// <param name="operation">Such as CreateConnection.</param>
    /// <param name="quota">After how many calls it must be full at the latest.</param>
    /// <param name="input">Its request; # is a number.</param>
    public static UpToQuota UpToQuota(string operation, int quota, string input) => new(operation, quota, input);

    /// <summary>Lets what runs on the endpoint end, or come to its next stage.</summary>
    public static Step Pass() => new Act("the time passes", run => run.Clock.Advance(run.Endpoint.OperationDuration));

    /// <summary>What only the local endpoint can do.</summary>
    /// <param name="what">What it is, for reports.</param>
    /// <param name="action">Does it.</param>
    public static Step Do(string what, Action<Run> action) => new Act(what, action);

    /// <summary>Does the step.</summary>
    /// <exception cref="Problem">It went otherwise than it should.</exception>
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
