using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

/// <summary>The commands of the README install the files of a release for a user without modules, and cmdlets then run by name.</summary>
[Collection(nameof(BuiltPackage))]
public sealed partial class InstallTests(BuiltPackage package) : IDisposable
{
    // A user with nothing: home folder, module path, repositories and caches are below it.
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ar-home-");
    private readonly DirectoryInfo downloads = Directory.CreateTempSubdirectory("ar-downloads-");

    private string Version => Path.GetFileName(package.Module);

    public void Dispose()
    {
        home.Delete(recursive: true);
        downloads.Delete(recursive: true);
    }

    [Theory]
    [InlineData("nupkg")]
    [InlineData("zip")]
    [InlineData("a build")]
    public async Task The_documented_command_installs_the_module_for_the_user_and_cmdlets_run_by_name(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the folder of the user cannot be another one.");
        await DownloadAsync();

        // A new process each: nothing but what lies on the disk may make the cmdlets known.
        var installation = await RunAsync($"Set-Location '{downloads.FullName}'; {CommandFor(file)}");
        var use = await RunAsync("""
            'BEFORE|' + @(Get-Module AppRunner).Count
            'LOCAL|' + (Start-ARLocalEndpoint).IsRunning
            'STATUS|' + (New-ARService by-name public.ecr.aws/nginx/nginx:1 -Wait -PollInterval 0.1 -WarningAction Ignore).Status
            'JOB|' + (Start-ThreadJob { Get-ARService } | Receive-Job -Wait -AutoRemoveJob).ServiceName
            'WAITED|' + (Start-ThreadJob { Remove-ARService by-name -Wait -PollInterval 0.1 -Confirm:$false } | Receive-Job -Wait -AutoRemoveJob).Status
            'MODULE|' + (Get-Module AppRunner).ModuleBase
            """);

        installation.ExitCode.ShouldBe(0, installation.Error + installation.Output);
        use.Error.ShouldBeEmpty();
        use.OutputLines.ShouldBe(["BEFORE|0", "LOCAL|True", "STATUS|RUNNING", "JOB|by-name", "WAITED|DELETED", "MODULE|" + Installed], use.Output);

        // The same files as the package, and nothing of its format.
        var expected = package.Entries.Where(entry => !BuiltPackage.IsPackageOnly(entry)).Order(StringComparer.Ordinal);
        Directory.GetFiles(Installed, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Installed, path).Replace('\\', '/')).Where(name => name != "PSGetModuleInfo.xml").Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    private string Installed => Path.Combine(home.FullName, ".local", "share", "powershell", "Modules", "AppRunner", Version);

    private string CommandFor(string file)
    {
        var readme = Repository.Read("README.md");
        var command = file switch
        {
            "nupkg" => Nupkg().Match(readme),
            "zip" => Zip().Match(readme),
            _ => Build().Match(readme),
        };
        command.Success.ShouldBeTrue($"The README has no command that installs {file}.");
        return command.Groups["command"].Value.Replace("VERSION", Version, StringComparison.Ordinal).Replace("./out", ".", StringComparison.Ordinal);
    }

    // The files of a release, made by the workflow's own script.
    private async Task DownloadAsync()
    {
        File.Copy(package.File, Path.Combine(downloads.FullName, Path.GetFileName(package.File)));
        var start = new ProcessStartInfo("bash", ["-e", "-c", "gh() { :; }\n" + WorkflowTests.ReleaseScript() + "\nrm -r AppRunner\n"]) { WorkingDirectory = downloads.FullName, RedirectStandardError = true };
        start.Environment["TAG"] = "v" + Version;
        using var script = Process.Start(start)!;
        var error = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        script.ExitCode.ShouldBe(0, error);
        downloads.GetFiles().Select(file => file.Name).ShouldBe([$"AppRunner.{Version}.nupkg", $"AppRunner.{Version}.zip"], ignoreOrder: true);
    }

    private Task<PwshProcess> RunAsync(string script) => PwshProcess.Run(["-Command", script], new Dictionary<string, string>
    {
        ["HOME"] = home.FullName,

        // Empty is as unset: PowerShell and PSResourceGet use their folders below HOME.
        ["PSModulePath"] = string.Empty,
        ["XDG_DATA_HOME"] = string.Empty,
        ["XDG_CONFIG_HOME"] = string.Empty,
        ["XDG_CACHE_HOME"] = string.Empty,
    });

    [GeneratedRegex(@"^- \*\*nupkg\*\*(?:(?!\n- ).)*?`(?<command>Register-PSResourceRepository [^`]*)`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Nupkg();

    [GeneratedRegex(@"^- \*\*zip\*\*(?:(?!\n- ).)*?`(?<command>Expand-Archive [^`]*)`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Zip();

    [GeneratedRegex(@"^pwsh -Command ""(?<command>Register-PSResourceRepository [^""]*)""", RegexOptions.Multiline)]
    private static partial Regex Build();
}
