namespace AppRunner.Model;

/// <summary>Known address families of the public endpoint (API: IpAddressType).</summary>
public static class IpAddressType
{
    /// <summary>IPv4 only.</summary>
    public const string IPv4 = "IPV4";

    /// <summary>IPv4 and IPv6.</summary>
    public const string DualStack = "DUAL_STACK";
}
