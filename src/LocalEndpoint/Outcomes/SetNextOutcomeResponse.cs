using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Outcomes;

/// <summary>The answer of SetNextOutcome: nothing.</summary>
internal sealed class SetNextOutcomeResponse : AppRunnerResponse
{
}
