using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;

namespace AppRunner.Examples.Tests;

/// <summary>The result of an example.</summary>
/// <param name="Ended">The exception that ended it; null if it ran to its end.</param>
/// <param name="Errors">The errors that it wrote or threw, also with -ErrorAction SilentlyContinue.</param>
internal sealed record ExampleRun(string? Ended, ExampleRun.Error[] Errors)
{
    // The number that run concurrently: starting a process takes longer than ten examples.
    private const int Processes = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs sessions of examples: the examples of a session in order, each session in its own runspace.</summary>
    public static async Task<IReadOnlyDictionary<DocumentedExample, ExampleRun>> All(IEnumerable<IReadOnlyList<DocumentedExample>> sessions)
    {
        // Distributed in turn, so that no process gets all the long examples.
        var shares = sessions.Select((session, index) => (session, index)).GroupBy(pair => pair.index % Processes, pair => pair.session);
        var runs = await Task.WhenAll(shares.Select(share => Run([.. share])));
        return runs.SelectMany(run => run).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>The difference from the expected errors; null if there is none.</summary>
    public string? Problem(IEnumerable<string> announced)
    {
        var ids = Errors.Select(error => error.Id).Distinct().Order().ToArray();
        var expected = announced.Order().ToArray();
        var errors = string.Concat(Errors.Select(error => $"\n    {error.Id}: {error.Message}"));
        if (Ended is not null && expected.Length == 0)
            return $"ended with: {Ended}{errors}";
        return ids.SequenceEqual(expected) ? null : $"expects [{string.Join(", ", expected)}], but has:{(errors.Length > 0 ? errors : " no error")}";
    }

    private static async Task<Dictionary<DocumentedExample, ExampleRun>> Run(IReadOnlyList<DocumentedExample>[] sessions)
    {
        var folder = Directory.CreateTempSubdirectory("ar-examples-");
        try
        {
            var files = new Dictionary<DocumentedExample, string>();
            for (var session = 0; session < sessions.Length; session++)
            {
                var sessionFolder = folder.CreateSubdirectory($"{session:d4}");
                foreach (var example in sessions[session])
                {
                    files[example] = Path.Combine(sessionFolder.FullName, $"{files.Count:d4}.ps1");
                    await File.WriteAllTextAsync(files[example], example.Code);
                }
            }

            var script = Path.Combine(PwshProcess.RepositoryRoot, "tests", "Examples", "RunExamples.ps1");
            var process = await PwshProcess.Run(["-File", script, folder.FullName, PwshProcess.RepositoryRoot], limit: Limit);
            return files.ToDictionary(pair => pair.Key, pair => Read(pair.Value + ".json", process));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ExampleRun Read(string file, PwshProcess process) =>
        File.Exists(file)
            ? JsonSerializer.Deserialize<ExampleRun>(File.ReadAllText(file))!
            : new ExampleRun($"It was not run. {process.Error} {process.Output}", []);

    /// <summary>An error of an example.</summary>
    /// <param name="Id">Its id, or the complete FullyQualifiedErrorId if it is not an error of the module.</param>
    internal sealed record Error(string Id, string Message);
}
