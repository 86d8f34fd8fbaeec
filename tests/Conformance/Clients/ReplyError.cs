namespace AppRunner.Conformance.Tests.Clients;

/// <summary>An error as a client reports it.</summary>
/// <param name="Name">Such as InvalidRequestException.</param>
/// <param name="Message">The service's message.</param>
/// <param name="IsComplete">Whether the client recognizes it as a documented error of the operation, with correct status, fault (client or server) and request id.</param>
internal sealed record ReplyError(string Name, string Message, bool IsComplete)
{
    public override string ToString() => $"{Name}: {Message}";
}
