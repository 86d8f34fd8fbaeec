using System;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

/// <summary>How the next matching operation has to end.</summary>
/// <param name="Outcome">One of <see cref="OperationStatus"/> that ends an operation.</param>
/// <param name="Target">One of <see cref="OutcomeTarget"/>; null or empty for any operation of a service.</param>
/// <param name="Name">The name of the service, domain or VPC ingress connection; null or empty for any.</param>
internal sealed record ForcedOutcome(string Outcome, string? Target, string? Name)
{
    /// <summary>Whether an operation of a type can end so: only what replaces a running version can be rolled back.</summary>
    public static bool IsPossible(string outcome, string target) =>
        outcome is OperationStatus.Succeeded or OperationStatus.Failed || target is OutcomeTarget.UpdateService or OutcomeTarget.StartDeployment;

    /// <summary>Whether it is meant for an operation.</summary>
    /// <param name="target">One of <see cref="OutcomeTarget"/>.</param>
    /// <param name="name">The name of its service, domain or VPC ingress connection.</param>
    public bool Matches(string target, string name) =>
        (string.IsNullOrEmpty(Target) ? OutcomeTarget.IsOperation(target) : Target == target)
        && (string.IsNullOrEmpty(Name) || string.Equals(Name, name, OutcomeTarget.NameComparison(target)))
        && IsPossible(Outcome, target);
}

/// <summary>The forced outcomes that no operation has met yet, in the order in which they were asked for.</summary>
internal sealed class ForcedOutcomeQueue
{
    private const int Most = 1000;

    private readonly List<ForcedOutcome> waiting = [];

    /// <summary>Keeps an outcome that has passed its rules.</summary>
    /// <returns>Null where it is kept; else why not.</returns>
    public string? Add(ForcedOutcome outcome)
    {
        lock (waiting)
        {
            if (waiting.Count >= Most)
                return $"{Most} outcomes wait for their operation already.";
            waiting.Add(outcome);
            return null;
        }
    }

    /// <summary>How a new operation is to end; uses up the first outcome that matches it.</summary>
    /// <param name="target">One of <see cref="OutcomeTarget"/>.</param>
    /// <param name="name">The name of its service, domain or VPC ingress connection.</param>
    /// <returns>SUCCEEDED where no other outcome is forced.</returns>
    public string Take(string target, string name)
    {
        lock (waiting)
        {
            var index = waiting.FindIndex(outcome => outcome.Matches(target, name));
            if (index < 0)
                return OperationStatus.Succeeded;
            var outcome = waiting[index].Outcome;
            waiting.RemoveAt(index);
            return outcome;
        }
    }
}

/// <summary>What an outcome can be forced for: the operations of services, and changes of which App Runner keeps no list.</summary>
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

    /// <summary>How names are compared: case means nothing to a domain.</summary>
    public static StringComparison NameComparison(string target) =>
        target is AssociateCustomDomain or DisassociateCustomDomain ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
