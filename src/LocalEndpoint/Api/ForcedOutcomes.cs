using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>AppRunnerLocal.SetNextOutcome: the method of the endpoint's object, for other processes.</summary>
internal sealed class SetNextOutcomeHandler : ApiHandler<SetNextOutcomeRequest, SetNextOutcomeResponse>
{
    /// <inheritdoc/>
    protected override SetNextOutcomeResponse Handle(SetNextOutcomeRequest request, HandlerContext context)
    {
        if (context.Endpoint.ForcedOutcomes.Add(request.ToForcedOutcome()) is { } refusal)
            throw new InvalidRequestException(refusal);
        return new SetNextOutcomeResponse();
    }
}

/// <summary>Lets the next matching operation end otherwise than well: the one request that App Runner itself does not know.</summary>
internal sealed class SetNextOutcomeRequest : AppRunnerRequest<SetNextOutcomeResponse>, ICrossFieldRules
{
    private const int LongestName = 40;
    private const int LongestDomain = 255;

    private static readonly string[] Outcomes =
        [OperationStatus.Succeeded, OperationStatus.Failed, OperationStatus.RollbackSucceeded, OperationStatus.RollbackFailed];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "SetNextOutcome";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string TargetPrefix => "AppRunnerLocal";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>SUCCEEDED, FAILED, ROLLBACK_SUCCEEDED or ROLLBACK_FAILED.</summary>
    [Required]
    public string? Outcome { get; set; }

    /// <summary>The type that the operation must have; null or empty for any operation of a service.</summary>
    [OneOf(typeof(OutcomeTarget))]
    public string? OperationType { get; set; }

    /// <summary>The name that its service, domain or VPC ingress connection must have; null or empty for any.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The outcome that it asks for, once it has passed its rules.</summary>
    public ForcedOutcome ToForcedOutcome() => new(Outcome!, OperationType, ServiceName);

    /// <inheritdoc/>
    public IEnumerable<Problem> CheckTogether(object root)
    {
        var longest = OperationType is OutcomeTarget.AssociateCustomDomain or OutcomeTarget.DisassociateCustomDomain ? LongestDomain : LongestName;
        if (ServiceName?.Length > longest)
            yield return new Problem(nameof(ServiceName), $"has {ServiceName.Length} characters; allowed are 0 to {longest}.");
        if (string.IsNullOrEmpty(Outcome))
            yield break;
        if (!Outcomes.Contains(Outcome))
            yield return new Problem(nameof(Outcome), $"is none of {string.Join(", ", Outcomes)}.");
        else if (!string.IsNullOrEmpty(OperationType) && !ForcedOutcome.IsPossible(Outcome, OperationType))
            yield return new Problem(nameof(Outcome), $"{Outcome} goes with UPDATE_SERVICE and START_DEPLOYMENT only.");
    }
}

/// <summary>The response of SetNextOutcome: nothing.</summary>
internal sealed class SetNextOutcomeResponse : AppRunnerResponse
{
}
