using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Outcomes;

/// <summary>AppRunnerLocal.SetNextOutcome: the method of the endpoint's object, for other processes.</summary>
internal sealed class SetNextOutcomeOperation : ApiOperation<SetNextOutcomeRequest, SetNextOutcomeResponse>
{
    /// <inheritdoc/>
    protected override SetNextOutcomeResponse Run(SetNextOutcomeRequest request, OperationContext context)
    {
        if (context.Endpoint.Outcomes.Add(request) is { } refusal)
            throw new InvalidRequestException(refusal);
        return new SetNextOutcomeResponse();
    }
}
