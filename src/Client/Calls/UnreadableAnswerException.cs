using System;
using AppRunner.Client.Transport;

namespace AppRunner.Client.Calls;

/// <summary>An answer that says success, and whose content is none.</summary>
internal sealed class UnreadableAnswerException(BufferedAnswer answer, Exception cause) : Exception(cause.Message, cause)
{
    public int Status { get; } = answer.Status;

    public string? RequestId { get; } = answer.RequestId;
}
