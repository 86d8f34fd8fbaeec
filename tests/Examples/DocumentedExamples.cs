using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Examples.Tests;

/// <summary>Runs the examples of the help and the README, unchanged, on the local endpoint.</summary>
public sealed class DocumentedExamples
{
    private static readonly Dictionary<string, IReadOnlyList<DocumentedExample>> Examples = ReadPages();

    // All examples in few processes, because the start of a process takes longer than the examples of a page.
    private static readonly Lazy<Task<IReadOnlyDictionary<DocumentedExample, ExampleRun>>> Runs = new(() => ExampleRun.All(Examples.Values.SelectMany(Sessions)));

    public static TheoryData<string> Pages => [.. Examples.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_example_of_a_page_runs_without_unexpected_errors(string page)
    {
        var runs = await Runs.Value;

        var problems = from example in Examples[page]
                       where example.NotRun is null
                       let problem = runs[example].Problem(example.Errors)
                       where problem is not null
                       select $"{example.Title} {problem}";
        problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_example_with_an_unexpected_error_is_reported()
    {
        (string Code, string? Problem)[] cases =
        [
            ("Get-ARService", null),
            ("Get-ARService no-such-service    # error: ServiceNotFound", null),
            ("Get-ARService no-such-service", "expects [], but has:\n    ServiceNotFound: "),
            ("Get-ARService no-such-service -ErrorAction SilentlyContinue", "expects [], but has:\n    ServiceNotFound: "),
            ("Get-ARService    # error: ServiceNotFound", "expects [ServiceNotFound], but has: no error"),
            ("Get-ARService no-such-service    # error: NoRegion", "expects [NoRegion], but has:\n    ServiceNotFound: "),
            ("throw 'an end'", "ended with: an end"),
            ("if ($true) {", "ended with: "),
            ("Get-NoSuchThing", "expects [], but has:\n    CommandNotFoundException: "),
        ];
        var examples = cases.Select(each => new DocumentedExample("page", "Example", each.Code, null)).ToArray();

        var runs = await ExampleRun.All([.. examples.Select(example => new[] { example })]);

        foreach (var (example, expected) in examples.Zip(cases, (example, each) => (example, each.Problem)))
            (runs[example].Problem(example.Errors) ?? "none").ShouldStartWith(expected ?? "none", Case.Sensitive, example.Code);
    }

    // Each example of a cmdlet is independent; the examples of a topic run in order in one session.
    private static IEnumerable<IReadOnlyList<DocumentedExample>> Sessions(IReadOnlyList<DocumentedExample> page)
    {
        var examples = page.Where(example => example.NotRun is null).ToArray();
        return page[0].Page.Contains('-', StringComparison.Ordinal) ? examples.Select(example => new[] { example }) : [examples];
    }

    private static Dictionary<string, IReadOnlyList<DocumentedExample>> ReadPages()
    {
        var files = Directory.GetFiles(Path.Combine(PwshProcess.RepositoryRoot, "docs", "en-US"), "*.md").Append(Path.Combine(PwshProcess.RepositoryRoot, "README.md"));
        return files.Select(file => DocumentedExample.Of(file)).Where(page => page.Count > 0).ToDictionary(page => page[0].Page);
    }
}
