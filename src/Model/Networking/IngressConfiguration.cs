using AppRunner.Model.Rules;

namespace AppRunner.Model;

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
