using System;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Outcomes;

/// <summary>What an outcome can be asked for: the operations of services, and changes of which App Runner keeps no list.</summary>
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
    public static StringComparison NamesOf(string target) =>
        target is AssociateCustomDomain or DisassociateCustomDomain ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
