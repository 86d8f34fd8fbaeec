using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Outcomes;

/// <summary>The outcomes that were asked for and not met by an operation yet, in the order in which they were asked for.</summary>
internal sealed class ForcedOutcomes
{
    private const int Most = 1000;

    private readonly object gate = new();
    private readonly List<SetNextOutcomeRequest> waiting = [];

    /// <summary>Keeps a wish that has passed its rules.</summary>
    /// <returns>Null where it is kept; else why not.</returns>
    public string? Add(SetNextOutcomeRequest wish)
    {
        lock (gate)
        {
            if (waiting.Count >= Most)
                return $"{Most} outcomes wait for their operation already.";
            waiting.Add(wish);
            return null;
        }
    }

    /// <summary>How a new operation is to end; uses up the first wish that matches it.</summary>
    /// <param name="target">One of <see cref="OutcomeTarget"/>.</param>
    /// <param name="name">The name of its service, domain or VPC ingress connection.</param>
    /// <returns>SUCCEEDED where nobody wished otherwise.</returns>
    public string Take(string target, string name)
    {
        lock (gate)
        {
            var index = waiting.FindIndex(wish =>
                (string.IsNullOrEmpty(wish.OperationType) ? OutcomeTarget.IsOperation(target) : wish.OperationType == target)
                && (string.IsNullOrEmpty(wish.ServiceName) || string.Equals(wish.ServiceName, name, OutcomeTarget.NamesOf(target)))
                && SetNextOutcomeRequest.GoTogether(wish.Outcome!, target));
            if (index < 0)
                return OperationStatus.Succeeded;
            var outcome = waiting[index].Outcome!;
            waiting.RemoveAt(index);
            return outcome;
        }
    }
}
