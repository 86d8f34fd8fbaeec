using System.Collections.Generic;
using System.ComponentModel;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Network settings of a service (API: NetworkConfiguration).</summary>
public sealed class NetworkConfiguration : ICrossFieldRules
{
    /// <summary>Outbound traffic. Default: to public networks.</summary>
    [Default]
    public EgressConfiguration? EgressConfiguration { get; set; }

    /// <summary>Inbound traffic. Default: publicly accessible.</summary>
    [Default]
    public IngressConfiguration? IngressConfiguration { get; set; }

    /// <summary>IPV4 or DUAL_STACK, for a public endpoint. Default: IPV4.</summary>
    [OneOf(typeof(IpAddressType)), Default(Model.IpAddressType.IPv4)]
    public string? IpAddressType { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        // An update is checked together with what the service has.
        if (root is not UpdateServiceRequest && AddressProblem(IpAddressType, IngressConfiguration) is { } problem)
            yield return problem;
    }

    /// <summary>Whether App Runner replaces the address family.</summary>
    /// <param name="addresses">The address family.</param>
    /// <param name="ingress">Inbound traffic.</param>
    /// <returns>A warning, or null.</returns>
    internal static Problem? AddressProblem(string? addresses, IngressConfiguration? ingress) =>
        addresses == Model.IpAddressType.DualStack && ingress?.IsPubliclyAccessible == false
            ? new Problem(nameof(IpAddressType), "is DUAL_STACK, but App Runner uses IPV4 for a private service.", ProblemSeverity.Warning)
            : null;

    /// <summary>Inbound and outbound traffic.</summary>
    /// <returns>Such as <c>public, egress DEFAULT, IPV4</c>.</returns>
    public override string ToString() =>
        $"{IngressConfiguration?.ToString() ?? "public"}, egress {EgressConfiguration?.ToString() ?? Model.EgressType.Default}{(IpAddressType is null ? string.Empty : ", " + IpAddressType)}";
}

/// <summary>Outbound traffic of a service (API: EgressConfiguration).</summary>
public sealed class EgressConfiguration : ICrossFieldRules
{
    /// <summary>DEFAULT (public networks) or VPC (through a connector). Default: DEFAULT.</summary>
    [OneOf(typeof(EgressType)), Default(Model.EgressType.Default)]
    public string? EgressType { get; set; }

    /// <summary>The ARN of the VPC connector; with EgressType VPC only, and required then.</summary>
    [Length(1, 1011), Arn("apprunner", "vpcconnector")]
    public string? VpcConnectorArn { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (EgressType == Model.EgressType.Vpc && string.IsNullOrEmpty(VpcConnectorArn))
            yield return new Problem("VpcConnectorArn", "is required with EgressType VPC.");
        if (EgressType is null or Model.EgressType.Default && !string.IsNullOrEmpty(VpcConnectorArn))
            yield return new Problem("VpcConnectorArn", "is allowed with EgressType VPC only.");
    }

    /// <summary>Kind of traffic and connector.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() =>
        VpcConnectorArn is null ? EgressType ?? string.Empty : $"{EgressType} {Arn.ShortNameOf(VpcConnectorArn)}";
}

/// <summary>Known kinds of outbound traffic (API: EgressType).</summary>
public static class EgressType
{
    /// <summary>Outbound traffic goes to public networks.</summary>
    [Description("Outbound traffic goes to public networks")]
    public const string Default = "DEFAULT";

    /// <summary>Outbound traffic goes through a VPC connector.</summary>
    [Description("Outbound traffic goes through a VPC connector")]
    public const string Vpc = "VPC";
}

/// <summary>Inbound traffic of a service (API: IngressConfiguration).</summary>
public sealed class IngressConfiguration
{
    /// <summary>True: open to the internet; false: reachable from a VPC only. Default: true.</summary>
    [Default(true)]
    public bool? IsPubliclyAccessible { get; set; }

    /// <summary>Who can reach the service.</summary>
    /// <returns><c>public</c> or <c>private</c>.</returns>
    public override string ToString() =>
        IsPubliclyAccessible == false ? "private" : "public";
}

/// <summary>Known address families of the public endpoint (API: IpAddressType).</summary>
public static class IpAddressType
{
    /// <summary>IPv4 only.</summary>
    [Description("IPv4 only")]
    public const string IPv4 = "IPV4";

    /// <summary>IPv4 and IPv6.</summary>
    [Description("IPv4 and IPv6")]
    public const string DualStack = "DUAL_STACK";
}
