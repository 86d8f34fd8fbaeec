using System.Collections.Generic;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution.Logging;

/// <summary>What is said about one service.</summary>
internal sealed class ServiceLog
{
    private readonly List<(string Stream, string Text)> lines = [];

    /// <summary>All lines of a stream.</summary>
    public string[] Lines(string stream)
    {
        lock (lines)
            return lines.Where(line => line.Stream == stream).Select(line => line.Text).ToArray();
    }

    /// <summary>An event of the service.</summary>
    public void Event(string text) => Add("events", text);

    /// <summary>A line about an operation.</summary>
    public void Deployment(string operationId, string text) => Add("deployment/" + operationId.Replace("-", string.Empty, System.StringComparison.Ordinal), text);

    /// <summary>A line that an instance wrote.</summary>
    public void Instance(string instanceId, string text) => Add("instance/" + instanceId, text);

    private void Add(string stream, string text)
    {
        lock (lines)
            lines.Add((stream, text));
    }
}
