namespace AppRunner.Module.Tests.Connections;

/// <summary>Has the property names of the SDK's ImmutableCredentials.</summary>
public sealed record GivenKeys(string? AccessKey, string? SecretKey, string? Token);
