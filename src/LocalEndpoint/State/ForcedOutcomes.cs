using System;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The outcome of the next matching operation.</summary>
/// <param name="Outcome">A final status of <see cref="OperationStatus"/>.</param>
/// <param name="Target">One of <see cref="OutcomeTarget"/>; null or empty for any operation of a service.</param>
/// <param name="Name">The name of the service, domain or VPC ingress connection; null or empty for any.</param>
internal sealed record ForcedOutcome(string Outcome, string? Target, string? Name)
{
    /// <summary>Whether an operation can have an outcome: only an operation that replaces a running version can be rolled back.</summary>
    public static bool IsPossible(string outcome, string target) =>
        outcome is OperationStatus.Succeeded or OperationStatus.Failed || target is OutcomeTarget.UpdateService or OutcomeTarget.StartDeployment;

    /// <summary>Whether it applies to an operation.</summary>
    /// <param name="target">One of <see cref="OutcomeTarget"/>.</param>
    /// <param name="name">The name of its service, domain or VPC ingress connection.</param>
    public bool Matches(string target, string name) =>
        (string.IsNullOrEmpty(Target) ? OutcomeTarget.IsOperation(target) : Target == target)
        && (string.IsNullOrEmpty(Name) || string.Equals(Name, name, OutcomeTarget.NameComparison(target)))
        && IsPossible(Outcome, target);
}

/// <summary>The pending forced outcomes, in the order in which they were set.</summary>
internal sealed class ForcedOutcomeQueue
{
    private const int MaxPending = 1000;

    private readonly List<ForcedOutcome> pending = [];

    /// <summary>Adds a validated outcome.</summary>
    /// <returns>Null if it was added; else the reason why not.</returns>
    public string? Add(ForcedOutcome outcome)
    {
        lock (pending)
        {
            if (pending.Count >= MaxPending)
                return $"{MaxPending} forced outcomes are pending already, which is the maximum.";
            pending.Add(outcome);
            return null;
        }
    }

    /// <summary>The outcome of a new operation; removes the first forced outcome that matches.</summary>
    /// <param name="target">One of <see cref="OutcomeTarget"/>.</param>
    /// <param name="name">The name of its service, domain or VPC ingress connection.</param>
    /// <returns>SUCCEEDED if no forced outcome matches.</returns>
    public string Take(string target, string name)
    {
        lock (pending)
        {
            var index = pending.FindIndex(outcome => outcome.Matches(target, name));
            if (index < 0)
                return OperationStatus.Succeeded;
            var outcome = pending[index].Outcome;
            pending.RemoveAt(index);
            return outcome;
        }
    }
}

/// <summary>What an outcome can be forced for: the operations of services, and changes that ListOperations does not list.</summary>
internal static class OutcomeTarget
{
    public const string StartDeployment = OperationType.StartDeployment;
    public const string CreateService = OperationType.CreateService;
    public const string PauseService = OperationType.PauseService;
    public const string ResumeService = OperationType.ResumeService;
    public const string DeleteService = OperationType.DeleteService;
    public const string UpdateService = OperationType.UpdateService;
    public const string AssociateCustomDomain = "ASSOCIATE_CUSTOM_DOMAIN";
    public const string DisassociateCustomDomain = "DISASSOCIATE_CUSTOM_DOMAIN";
    public const string CreateVpcIngressConnection = "CREATE_VPC_INGRESS_CONNECTION";
    public const string UpdateVpcIngressConnection = "UPDATE_VPC_INGRESS_CONNECTION";
    public const string DeleteVpcIngressConnection = "DELETE_VPC_INGRESS_CONNECTION";

    private static readonly HashSet<string> OperationsOfServices = [.. OneOfAttribute.ValuesOf(typeof(OperationType))];

    /// <summary>Whether it is an operation of a service.</summary>
    public static bool IsOperation(string target) => OperationsOfServices.Contains(target);

    /// <summary>How names are compared: domain names are not case-sensitive.</summary>
    public static StringComparison NameComparison(string target) =>
        target is AssociateCustomDomain or DisassociateCustomDomain ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
