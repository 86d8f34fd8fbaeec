using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Where a domain points for requests from a VPC (API: VpcDNSTarget).</summary>
public sealed class VpcDNSTarget
{
    /// <summary>The ARN of the VPC ingress connection.</summary>
    [Length(1, 1011)]
    public string? VpcIngressConnectionArn { get; set; }

    /// <summary>The ID of the VPC.</summary>
    public string? VpcId { get; set; }

    /// <summary>The host name to point to.</summary>
    [Length(1, 255)]
    public string? DomainName { get; set; }

    /// <summary>Host name and VPC.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{DomainName} ({VpcId})";
}
