namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>An instance that requests are sent to.</summary>
/// <param name="Id">The instance's.</param>
/// <param name="Port">Its port on 127.0.0.1.</param>
internal sealed record Backend(string Id, int Port);
