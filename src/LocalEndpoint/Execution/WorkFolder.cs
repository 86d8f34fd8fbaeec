using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>
/// An endpoint's own folder below the work folder: sources, builds, and what a later endpoint has to know to clean up if this one
/// cannot. A locked file shows that its endpoint is alive; the system takes the lock away with the process, however that ends.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = "endpoint.lock";
    private const string ProcessesName = "processes";
    private const string ContainersName = "containers";

    private static readonly TimeSpan ContainerLimit = TimeSpan.FromSeconds(20);

    private readonly string path;
    private readonly FileStream held;

    /// <summary>Makes the folder, and cleans up after endpoints that are gone.</summary>
    /// <param name="root">The work folder; null for the default.</param>
    /// <exception cref="LocalEndpointException">It cannot be used.</exception>
    public WorkFolder(string? root)
    {
        root = Path.GetFullPath(root ?? Default());
        RestrictedDirectory.Take(root);
        root = RealPath.Of(root);
        Clean(root);
        try
        {
            path = RestrictedDirectory.Make(Path.Combine(root, Guid.NewGuid().ToString("N")));
            held = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            Processes = RestrictedDirectory.Make(Path.Combine(path, ProcessesName));
            RestrictedDirectory.Make(Path.Combine(path, ContainersName));
            Services = RestrictedDirectory.Make(Path.Combine(path, "services"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new LocalEndpointException($"The work folder {root} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Where it is kept which processes run.</summary>
    public string Processes { get; }

    /// <summary>Where each service has a folder.</summary>
    public string Services { get; }

    /// <summary>The file that records a container; it holds the path of the program that removes it.</summary>
    public string ContainerRecord(string name) => Path.Combine(path, ContainersName, name);

    /// <summary>Deletes it with all that is in it.</summary>
    public void Dispose()
    {
        held.Dispose();
        FolderRemoval.TryDelete(path);
    }

    private static string Default()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (data.Length == 0)
            throw new LocalEndpointException("This user has no folder for the data of applications. Give a work folder.");
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
                // Its endpoint lives, or another one cleans up at the same time.
            }
        }
    }

    // On Windows the system has ended them with their endpoint.
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

    // False where an engine does not respond now: a later endpoint tries again.
    private static bool RemoveContainers(string folder)
    {
        if (!Directory.Exists(folder))
            return true;
        var removed = true;
        foreach (var containers in Directory.EnumerateFiles(folder).GroupBy(File.ReadAllText).Where(group => File.Exists(group.Key)))
        {
            // Some versions take it for a failure that a container is not there.
            removed &= Succeeds(containers.Key, ContainerProgram.RemoveArguments(containers.Select(file => Path.GetFileName(file)))) || Succeeds(containers.Key, ContainerProgram.ProbeArguments);
        }

        return removed;
    }

    private static bool Succeeds(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true })!;
        if (process.WaitForExit(ContainerLimit))
            return process.ExitCode == 0;
        process.Kill(entireProcessTree: true);
        return false;
    }
}
