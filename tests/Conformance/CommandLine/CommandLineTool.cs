using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;

namespace AppRunner.Conformance.Tests.CommandLine;

/// <summary>The AWS CLI on this computer.</summary>
/// <param name="Program">The program aws.</param>
/// <param name="Missing">Why it is not available; null if it is.</param>
internal sealed record CommandLineTool(string Program, string? Missing)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<CommandLineTool>> Found = new(FindAsync);

    // The newest addition to App Runner's API: a CLI without it is older than the API that is tested here.
    private static readonly IReadOnlyList<string> NewestMembers = ["SourceDirectory", "IpAddressType"];

    /// <summary>Finds it once.</summary>
    public static Task<CommandLineTool> GetAsync() => Found.Value;

    private static async Task<CommandLineTool> FindAsync()
    {
        if (Tool.Find("aws") is not { } program)
            return Absent("The AWS CLI is not installed: there is no aws on the PATH.");
        try
        {
            var skeleton = await Tool.RunAsync(new ProcessStartInfo(program, ["apprunner", "create-service", "--generate-cli-skeleton"]), Limit);
            if (skeleton.ExitCode != 0)
                return Absent("The aws on the PATH does not work: " + skeleton.Errors.Trim());
            return NewestMembers.FirstOrDefault(member => !skeleton.Output.Contains(member, StringComparison.Ordinal)) is { } unknown
                ? Absent($"The AWS CLI is older than the API: it does not know {unknown}.")
                : new CommandLineTool(program, null);
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            return Absent("The aws on the PATH does not work: " + e.Message);
        }
    }

    private static CommandLineTool Absent(string why) => new(string.Empty, why);
}
