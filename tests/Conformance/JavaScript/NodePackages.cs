using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;

namespace AppRunner.Conformance.Tests.JavaScript;

/// <summary>The AWS SDK for JavaScript in the version of the lock file, installed once per lock file.</summary>
/// <param name="Node">The program node.</param>
/// <param name="Folder">The folder that holds node_modules.</param>
/// <param name="Missing">Why the client is not available; null if it is.</param>
internal sealed record NodePackages(string Node, string Folder, string? Missing)
{
    // The client's package.json requires it.
    private const int OldestNode = 20;
    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<NodePackages>> Installed = new(InstallAsync);

    /// <summary>The folder of the script and of the npm files.</summary>
    public static string Sources { get; } = Path.Combine(AppContext.BaseDirectory, "JavaScript");

    /// <summary>Installs the packages unless they are installed.</summary>
    public static Task<NodePackages> GetAsync() => Installed.Value;

    private static async Task<NodePackages> InstallAsync()
    {
        if (Tool.Find("node") is not { } node)
            return Absent("Node.js is not installed: there is no node on the PATH.");
        if (Tool.Find("npm") is not { } npm)
            return Absent("npm is not installed: there is no npm on the PATH.");
        try
        {
            var version = (await Tool.RunAsync(new ProcessStartInfo(node, ["--version"]), Limit)).Output.Trim();
            if (!int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major < OldestNode)
                return Absent($"Node.js is too old for AWS's client: {version}, and it takes {OldestNode}.");
            var folder = Path.Combine(
                Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "NodePackages").Value!,
                Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Sources, "package-lock.json"))))[..16]);
            return Directory.Exists(folder) ? new NodePackages(node, folder, null) : await InstallAsync(node, npm, folder);
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException or IOException or UnauthorizedAccessException)
        {
            return Absent("AWS's JavaScript client cannot be installed here: " + e.Message);
        }
    }

    private static async Task<NodePackages> InstallAsync(string node, string npm, string folder)
    {
        // Installs into a temporary folder and renames it, so that an interrupted install leaves no folder of that name and parallel installs do not collide.
        var own = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(own);
        try
        {
            foreach (var file in Files)
                File.Copy(Path.Combine(Sources, file), Path.Combine(own, file), overwrite: true);

            // No retries: without a network they would take minutes.
            var start = new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--loglevel=error"]) { WorkingDirectory = own };
            var install = await Tool.RunAsync(start, Limit);
            if (install.ExitCode != 0)
                return Absent("AWS's JavaScript client cannot be installed here; npm says: " + install.Errors.Trim());
            if (!Directory.Exists(folder))
                Directory.Move(own, folder);
            return new NodePackages(node, folder, null);
        }
        finally
        {
            if (Directory.Exists(own))
                Directory.Delete(own, recursive: true);
        }
    }

    private static NodePackages Absent(string why) => new(string.Empty, string.Empty, why);
}
