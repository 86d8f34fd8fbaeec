namespace AppRunner.Module.Tests.Connections;

/// <summary>Named as the parts of the SDK's ImmutableCredentials.</summary>
public sealed record GivenKeys(string? AccessKey, string? SecretKey, string? Token);
