using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>AppRunnerLocal.SetNextOutcome: makes LocalEndpoint.SetNextOutcome available to other processes.</summary>
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

/// <summary>Sets the outcome of the next matching operation. App Runner on AWS has no such request.</summary>
internal sealed class SetNextOutcomeRequest : AppRunnerRequest<SetNextOutcomeResponse>, ICrossFieldRules
{
    private const int MaxNameLength = 40;
    private const int MaxDomainLength = 255;

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

    /// <summary>The type of the operation; null or empty for any operation of a service.</summary>
    [OneOf(typeof(OutcomeTarget))]
    public string? OperationType { get; set; }

    /// <summary>The name of the service, domain or VPC ingress connection; null or empty for any.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The outcome of a validated request.</summary>
    public ForcedOutcome ToForcedOutcome() => new(Outcome!, OperationType, ServiceName);

    /// <inheritdoc/>
    public IEnumerable<Problem> CheckTogether(object root)
    {
        var maxLength = OperationType is OutcomeTarget.AssociateCustomDomain or OutcomeTarget.DisassociateCustomDomain ? MaxDomainLength : MaxNameLength;
        if (ServiceName?.Length > maxLength)
            yield return new Problem(nameof(ServiceName), $"has {ServiceName.Length} characters; allowed are 0 to {maxLength}.");
        if (string.IsNullOrEmpty(Outcome))
            yield break;
        if (!Outcomes.Contains(Outcome))
            yield return new Problem(nameof(Outcome), $"'{Outcome}' must be one of {string.Join(", ", Outcomes)}.");
        else if (!string.IsNullOrEmpty(OperationType) && !ForcedOutcome.IsPossible(Outcome, OperationType))
            yield return new Problem(nameof(Outcome), $"'{Outcome}' is allowed for UPDATE_SERVICE and START_DEPLOYMENT only.");
    }
}

/// <summary>The response of SetNextOutcome, which is empty.</summary>
internal sealed class SetNextOutcomeResponse : AppRunnerResponse
{
}
