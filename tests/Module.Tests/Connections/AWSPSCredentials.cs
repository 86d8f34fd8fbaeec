namespace AppRunner.Module.Tests.Connections;

/// <summary>As the class of this name in AWS's tools for PowerShell, which cannot be had here: what is in it is not public.</summary>
public sealed class AWSPSCredentials(object credentials, string name)
{
    internal object Credentials { get; } = credentials;

    public override string ToString() => name;
}
