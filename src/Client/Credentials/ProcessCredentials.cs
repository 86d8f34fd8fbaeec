using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Settings;
using AppRunner.Model;
#if !NETFRAMEWORK
using System.Globalization;
using System.Runtime.InteropServices;
#endif

namespace AppRunner.Client.Credentials;

/// <summary>
/// Credentials that a program prints (credential_process). The SDK's class does not end the program after a time-out or cancellation, and its
/// error messages name .NET types.
/// </summary>
internal sealed class ProcessCredentials : RefreshingAWSCredentials
{
    private const int MaxErrorLength = 500;

    private readonly string command;

    /// <summary>Creates the credentials. Starts nothing.</summary>
    /// <param name="command">The command line.</param>
    public ProcessCredentials(string command)
    {
        this.command = command.Trim();
        PreemptExpiryTime = TimeSpan.FromMinutes(15);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var (exitCode, output, error) = await CredentialProcess.RunAsync(command, BoundedLookup.Abandoned).ConfigureAwait(false);
        return exitCode == 0 ? CredentialJson.Read(output, "The credential_process printed", "SessionToken", requiresVersion: true) : throw Failed($"exited with code {exitCode}" + (error.Length == 0 ? string.Empty : " and the error output: " + new string(error.Take(MaxErrorLength).ToArray())));
    }

    private static LookupException Failed(string what) => new(FailureText.Sentence("The credential_process " + what));
}

/// <summary>Runs a command line of the user, and ends it with its child processes when the result is no longer needed.</summary>
/// <remarks>
/// On Unix without a terminal it runs in its own session (setsid, where that is installed), so that the whole process group can be killed.
/// With a terminal it stays in this session, because the program may ask for a code there. Linux tells the variables of each process: there
/// a variable marks the processes that it has started, so that those whose parent has exited are found too. Elsewhere the process tree is killed.
/// </remarks>
internal static class CredentialProcess
{
    // For the rest of the output after the exit.
    private static readonly TimeSpan OutputTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command line.</summary>
    /// <param name="command">The command line, for cmd.exe or sh.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>The exit code and the output.</returns>
    /// <exception cref="LookupException">It cannot be started.</exception>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = StartInfo(command, out var ownSession);
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var exited = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new LookupException($"{start.FileName} cannot be started to run the credential_process.", exception);
        }

        var (output, error) = (new ReceivedText(process.StandardOutput), new ReceivedText(process.StandardError));
        using (cancellationToken.Register(() => Kill(process, ownSession)))
            await exited.Task.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // Not until the end of the output: the program may have started one that runs in the background and keeps it open.
        await Task.WhenAny(Task.WhenAll(output.Ended, error.Ended), Task.Delay(OutputTimeout, cancellationToken)).ConfigureAwait(false);
        return (process.ExitCode, output.Text, error.Text.Trim());
    }

#if NETFRAMEWORK
    // Only on Windows.
    private static ProcessStartInfo StartInfo(string command, out bool ownSession)
    {
        ownSession = false;
        return new ProcessStartInfo("cmd.exe", "/c " + command);
    }

    private static void Kill(Process process, bool ownSession)
    {
        try
        {
            using var killing = Process.Start(new ProcessStartInfo("taskkill.exe", $"/t /f /pid {process.Id}") { UseShellExecute = false, CreateNoWindow = true });
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // It has exited.
        }
    }
#else
    // Processes inherit it.
    private const string Mark = "APPRUNNER_CREDENTIAL_PROCESS";

    private static ProcessStartInfo StartInfo(string command, out bool ownSession)
    {
        ownSession = false;
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo("cmd.exe", "/c " + command);
        var setsid = Console.IsInputRedirected ? FindSetsid() : null;
        ownSession = setsid is not null;
        var start = new ProcessStartInfo(setsid ?? "/bin/sh");
        foreach (var argument in setsid is null ? new[] { "-c", command } : ["/bin/sh", "-c", command])
            start.ArgumentList.Add(argument);
        start.Environment[Mark] = Guid.NewGuid().ToString("N");
        return start;
    }

    private static string? FindSetsid() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "setsid")).FirstOrDefault(File.Exists);

    private static void Kill(Process process, bool ownSession)
    {
        try
        {
            var runs = !process.HasExited;
            process.Kill(entireProcessTree: true);

            // The process group also has the processes whose parent has exited. Not after the exit: then the id may be that of another group.
            if (ownSession && runs)
                _ = Signal(-process.Id, 9);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has exited.
        }

        if (OperatingSystem.IsLinux())
            KillMarked($"{Mark}={process.StartInfo.Environment[Mark]}");
    }

    private static void KillMarked(string mark)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && File.ReadAllText(Path.Combine(folder, "environ")).Contains(mark, StringComparison.Ordinal))
                    _ = Signal(id, 9);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has exited, or is another user's.
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
#endif

    // What a program has written so far.
    private sealed class ReceivedText
    {
        private readonly StringBuilder received = new();

        public ReceivedText(StreamReader reader) => Ended = ReadAsync(reader);

        public Task Ended { get; }

        public string Text
        {
            get
            {
                lock (received)
                    return received.ToString();
            }
        }

        private async Task ReadAsync(StreamReader reader)
        {
            var buffer = new char[1024];
            try
            {
                for (var count = 1; count > 0;)
                {
                    count = await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false);
                    lock (received)
                        received.Append(buffer, 0, count);
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The process object was disposed, and with it the pipe.
            }
        }
    }
}
