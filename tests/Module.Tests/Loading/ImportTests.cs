using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

public class ImportTests
{
    // Excludes the test assembly, AppRunner.Module.Tests.
    private const string Show = """
        "LOADED_BY_NOW " + (([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match '^(AWSSDK|AppRunner|YamlDotNet)' -and $_ -ne 'AppRunner.Module.Tests' } | Sort-Object) -join ' ')

        """;

    [Fact]
    public async Task Assemblies_are_loaded_at_first_use()
    {
        var file = Path.GetTempFileName() + ".yaml";
        await File.WriteAllTextAsync(file, "version: 1.0\n", TestContext.Current.CancellationToken);
        try
        {
            var stages = (await Probe.StartAsync($$"""
                $null = New-ARHealthCheckConfig -Interval 5; $null = New-ARSourceConfig public.ecr.aws/nginx/nginx:latest; $null = Get-ARLocalEndpoint; $null = @{ ServiceName = 'web' } | Test-ARServiceDefinition
                {{Show}}
                $null = Test-ARServiceDefinition '{{file}}'
                {{Show}}
                $null = Start-ARLocalEndpoint; $null = Get-ARService
                {{Show}}
                """)).Where(line => line.StartsWith("LOADED_BY_NOW ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1..]).ToArray();

            // Import and cmdlets without a call; then a cmdlet that reads an apprunner.yaml; then a cmdlet that makes a call.
            stages.Length.ShouldBe(3);
            stages[0].ShouldBe(["AppRunner", "AppRunner.Model"], ignoreOrder: true);
            stages[1].Except(stages[0]).ShouldBe(["AppRunner.SourceFile", "AppRunner.Loader", "YamlDotNet"], ignoreOrder: true);
            new[] { "AWSSDK.Core", "AppRunner.Client", "AppRunner.LocalEndpoint" }.ShouldBeSubsetOf(stages[2].Except(stages[1]));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
