using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

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
    public IEnumerable<Problem> CheckTogether(object root)
    {
        if (EgressType == Model.EgressType.Vpc && string.IsNullOrEmpty(VpcConnectorArn))
            yield return new Problem("VpcConnectorArn", "is required with EgressType VPC.");
        if (EgressType is null or Model.EgressType.Default && !string.IsNullOrEmpty(VpcConnectorArn))
            yield return new Problem("VpcConnectorArn", "is allowed with EgressType VPC only.");
    }

    /// <summary>Kind of traffic and connector.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() =>
        VpcConnectorArn is null ? EgressType ?? string.Empty : $"{EgressType} {VpcConnectorArn}";
}
