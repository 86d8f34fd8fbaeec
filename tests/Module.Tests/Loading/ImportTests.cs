using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

public class ImportTests
{
    [Fact]
    public async Task Import_and_work_without_a_call_load_the_cmdlets_and_the_model_only()
    {
        var loaded = await LoadedAfterAsync(
            "$null = New-ARHealthCheckConfig -Interval 5; $null = New-ARSourceConfig public.ecr.aws/nginx/nginx:latest; $null = Get-ARContext; $null = Get-ARLocalEndpoint; $null = @{ ServiceName = 'web' } | Test-ARServiceDefinition");

        loaded.ShouldBe(["AppRunner", "AppRunner.Model"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_client_and_the_SDK_are_loaded_by_the_first_call()
    {
        var loaded = await LoadedAfterAsync("$null = Start-ARLocalEndpoint; $null = Get-ARService");

        loaded.ShouldContain("AWSSDK.Core");
        loaded.ShouldContain("AppRunner.Client");
        loaded.ShouldContain("AppRunner.LocalEndpoint");
    }

    [Fact]
    public async Task Reading_an_apprunner_yaml_loads_what_reads_it_and_no_client()
    {
        var file = Path.GetTempFileName() + ".yaml";
        await File.WriteAllTextAsync(file, "version: 1.0\n", TestContext.Current.CancellationToken);
        try
        {
            var loaded = await LoadedAfterAsync($"$null = Test-ARServiceDefinition '{file}'");

            loaded.ShouldBe(["AppRunner", "AppRunner.Model", "AppRunner.Loader", "AppRunner.SourceFile", "YamlDotNet"], ignoreOrder: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The test's own assembly is called AppRunner.Module.Tests.
    private static async Task<string[]> LoadedAfterAsync(string script) =>
        (await Probe.StartAsync(script))
            .Where(line => line.StartsWith("LOADED AWSSDK", System.StringComparison.Ordinal) || line.StartsWith("LOADED AppRunner", System.StringComparison.Ordinal) || line.StartsWith("LOADED YamlDotNet", System.StringComparison.Ordinal))
            .Select(line => line["LOADED ".Length..])
            .Where(name => name != typeof(ImportTests).Assembly.GetName().Name)
            .ToArray();
}
