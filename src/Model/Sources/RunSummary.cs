using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>Run settings on one line, with the number of what must not be shown.</summary>
internal static class RunSummary
{
    public static string Of(string? port, Dictionary<string, string>? variables, Dictionary<string, string>? secrets) =>
        $"port {port ?? "8080"}, {variables?.Count ?? 0} variables, {secrets?.Count ?? 0} secrets";
}
