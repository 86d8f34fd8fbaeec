namespace AppRunner.Conformance.Tests.Clients;

/// <summary>An error as a client tells it.</summary>
/// <param name="Name">Such as InvalidRequestException.</param>
/// <param name="Message">The service's words.</param>
/// <param name="IsComplete">Whether the client holds it for one that the operation documents, with status, side of the fault and request id as they should be.</param>
internal sealed record ReplyError(string Name, string Message, bool IsComplete)
{
    public override string ToString() => $"{Name}: {Message}";
}
