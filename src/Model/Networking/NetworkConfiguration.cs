using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Network settings of a service (API: NetworkConfiguration).</summary>
public sealed class NetworkConfiguration
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

    /// <summary>Inbound and outbound traffic.</summary>
    /// <returns>Such as <c>public, egress DEFAULT, IPV4</c>.</returns>
    public override string ToString() =>
        $"{IngressConfiguration?.ToString() ?? "public"}, egress {EgressConfiguration?.ToString() ?? Model.EgressType.Default}{(IpAddressType is null ? string.Empty : ", " + IpAddressType)}";
}
