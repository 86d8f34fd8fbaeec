namespace AppRunner.Model;

/// <summary>Known kinds of outbound traffic (API: EgressType).</summary>
public static class EgressType
{
    /// <summary>To public networks.</summary>
    public const string Default = "DEFAULT";

    /// <summary>Through a VPC connector.</summary>
    public const string Vpc = "VPC";
}
