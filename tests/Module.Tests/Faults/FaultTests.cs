using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Xunit;

namespace AppRunner.Module.Tests.Faults;

public sealed class FaultTests
{
    /// <summary>Makes <see cref="Program"/> run all scenarios and write the matrix.</summary>
    public const string MatrixArgument = "faults";

    public static TheoryData<string> Names => [.. FaultScenarios.All.Where(scenario => !scenario.IsSlow).Select(scenario => scenario.Name)];

    /// <summary>Runs all scenarios and writes a Markdown table: scenario, requests that arrived, error id, time.</summary>
    /// <returns>1 if a check failed.</returns>
    public static async Task<int> WriteMatrixAsync()
    {
        Console.WriteLine("| Scenario | Requests that arrived | Result | Seconds |\n|---|---|---|---|");
        var failed = 0;
        foreach (var scenario in FaultScenarios.All)
        {
            var run = await scenario.RunAsync();
            var requests = string.Join(", ", run.Server.Operations.GroupBy(operation => operation).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} x{group.Count()}"));
            var result = string.Join(", ", run.Result.Errors.Select(error => error.Id()).Concat(run.Result.Output.Count == 0 ? [] : ["output"]).Concat(run.Result.Warnings.Count == 0 ? [] : ["warning"]));
            try
            {
                scenario.Check(run);
            }
            catch (Exception wrong)
            {
                failed = 1;
                result += $" (expected otherwise: {wrong.Message.ReplaceLineEndings(" ")})";
            }

            Console.WriteLine($"| {scenario.Name} | {requests} | {result} | {run.Time.TotalSeconds:0.0} |");
        }

        return failed;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_has_its_result(string name)
    {
        var scenario = FaultScenarios.All.Single(scenario => scenario.Name == name);

        scenario.Check(await scenario.RunAsync());
    }
}
