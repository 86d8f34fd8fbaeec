using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>
/// The folder of one endpoint in the work folder: source code, builds, and the records by which a later endpoint cleans up if this one is
/// killed. A locked file shows that the endpoint is alive; the system releases the lock when the process ends.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = "endpoint.lock";
    private const string ProcessesName = "processes";
    private const string ContainersName = "containers";

    private static readonly TimeSpan ContainerTimeout = TimeSpan.FromSeconds(20);

    private readonly string path;
    private readonly FileStream lockStream;

    /// <summary>Creates the folder, and cleans up after endpoints that were killed.</summary>
    /// <param name="root">The work folder; null for the default.</param>
    /// <exception cref="LocalEndpointException">The work folder cannot be used.</exception>
    public WorkFolder(string? root)
    {
        root = Path.GetFullPath(root ?? Default());
        RestrictedDirectory.CreateOrVerify(root);
        root = RealPath.Of(root);
        Clean(root);
        try
        {
            path = RestrictedDirectory.Make(Path.Combine(root, Guid.NewGuid().ToString("N")));
            lockStream = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            Processes = RestrictedDirectory.Make(Path.Combine(path, ProcessesName));
            RestrictedDirectory.Make(Path.Combine(path, ContainersName));
            Services = RestrictedDirectory.Make(Path.Combine(path, "services"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lockStream?.Dispose();
            throw new LocalEndpointException($"The work folder {root} cannot be used: {FailureText.Sentence(e.Message)}", e);
        }
    }

    /// <summary>The folder for the records of running processes.</summary>
    public string Processes { get; }

    /// <summary>The folder for the folders of services.</summary>
    public string Services { get; }

    /// <summary>The record of a container: a file that contains the path of the program that removes it.</summary>
    public string ContainerRecord(string name) => Path.Combine(path, ContainersName, name);

    /// <summary>Deletes the folder with its contents.</summary>
    public void Dispose()
    {
        lockStream.Dispose();
        FolderRemoval.TryDelete(path);
    }

    private static string Default()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (data.Length == 0)
            throw new LocalEndpointException("This user has no folder for application data. Specify -WorkFolder.");
        return Path.Combine(data, "AppRunner", "LocalEndpoint");
    }

    private static void Clean(string root)
    {
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            var lockFile = Path.Combine(folder, LockName);
            if (!Guid.TryParseExact(Path.GetFileName(folder), "N", out _) || !File.Exists(lockFile))
                continue;
            try
            {
                using (new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    EndProcesses(Path.Combine(folder, ProcessesName));
                    var containers = Path.Combine(folder, ContainersName);
                    var removed = RemoveContainers(containers);
                    foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
                    {
                        if (entry != lockFile && (removed || entry != containers))
                            FolderRemoval.TryDelete(entry);
                    }

                    if (!removed)
                        continue;
                }

                FolderRemoval.TryDelete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
            {
                // The endpoint is alive, or another endpoint is cleaning up.
            }
        }
    }

    // On Windows the system kills them with their endpoint.
    private static void EndProcesses(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (ProcessRecord.Read(file) is { } record)
                UnixProcessTree.Find(record)?.Kill();
        }
    }

    // False if an engine does not respond: a later endpoint retries.
    private static bool RemoveContainers(string folder)
    {
        if (!Directory.Exists(folder))
            return true;
        var removed = true;
        foreach (var containers in Directory.EnumerateFiles(folder).GroupBy(File.ReadAllText).Where(group => File.Exists(group.Key)))
        {
            // In some versions the command fails if a container does not exist. Then it is enough that the engine responds.
            removed &= Succeeds(containers.Key, ContainerProgram.RemoveArguments(containers.Select(file => Path.GetFileName(file)))) || Succeeds(containers.Key, ContainerProgram.ProbeArguments);
        }

        return removed;
    }

    private static bool Succeeds(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true })!;
        if (process.WaitForExit(ContainerTimeout))
            return process.ExitCode == 0;
        process.Kill(entireProcessTree: true);
        return false;
    }
}
