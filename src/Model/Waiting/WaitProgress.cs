using System;

namespace AppRunner.Model;

/// <summary>How far a wait has come.</summary>
/// <param name="ServiceArn">The service.</param>
/// <param name="OperationId">The operation; null while it is not known which.</param>
/// <param name="Type">The operation's type; null while it is not listed.</param>
/// <param name="Status">The operation's status; null while it is not listed.</param>
/// <param name="StartedAt">When the wait began (UTC).</param>
/// <param name="HasEnded">Whether the wait is over.</param>
public sealed record WaitProgress(string ServiceArn, string? OperationId, string? Type, string? Status, DateTime StartedAt, bool HasEnded);
