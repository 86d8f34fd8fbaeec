using System.Threading.Tasks;
using AppRunner.Module.Tests.Contract;
using AppRunner.Module.Tests.Faults;
using AppRunner.Module.Tests.Loading;

namespace AppRunner.Module.Tests;

/// <summary>
/// Runs the tests; with <c>--probe</c>, runs one script, for tests that need a new process; with <c>--accept-contract</c> or
/// <c>--accept-arrows</c>, writes the cmdlet contract or the dependencies to the file that a test compares; with <c>faults</c>, writes the
/// matrix of faults.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Probe.RunArgument, var script])
            return Probe.Run(script, isEmpty: false);
        if (args is [Probe.EmptyArgument, var importing])
            return Probe.Run(importing, isEmpty: true);
        if (args is [Probe.StopArgument, var endless])
            return await Probe.StopAsync(endless);
        if (args is [CmdletContract.AcceptArgument])
            return CmdletContract.Accept();
        if (args is [ArchitectureTests.AcceptArgument])
            return ArchitectureTests.Accept();
        if (args is [FaultTests.MatrixArgument])
            return await FaultTests.WriteMatrixAsync();
        return System.Array.Exists(args, arg => arg is "--server" or "--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
