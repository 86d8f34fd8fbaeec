namespace AppRunner.Model;

/// <summary>Known values of the order of log streams (CloudWatch Logs: OrderBy).</summary>
public static class LogStreamOrder
{
    /// <summary>By name.</summary>
    public const string LogStreamName = "LogStreamName";

    /// <summary>By the time of the newest event.</summary>
    public const string LastEventTime = "LastEventTime";
}
