namespace AppRunner.Module.Tests.Connections;

/// <summary>Has the name and the non-public property of the class in AWS.Tools, which is not available here.</summary>
public sealed class AWSPSCredentials(object credentials, string name)
{
    internal object Credentials { get; } = credentials;

    public override string ToString() => name;
}
