using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>
/// Finds everything that is wrong with definitions of services and with apprunner.yaml files, without a call. Gives an object for each
/// problem, and nothing where nothing is wrong.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ARServiceDefinition", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DefinitionProblem), typeof(bool))]
public sealed class TestServiceDefinitionCommand : LocalCommand
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private bool isGood = true;

    /// <summary>A definition as New-ARService takes it: a hashtable, an object from JSON or CSV, a CreateServiceRequest, a service; or a file as Get-ChildItem gives it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Files; wildcards allowed. What ends in .yaml or .yml is read as apprunner.yaml, all others as JSON in the layout of <c>aws apprunner create-service --cli-input-json</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The same, taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Gives one bool for all definitions instead: true when none has an error and all could be read.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                Array.ForEach(Path!, pattern => TestFiles(pattern, () => DefinitionFiles.Resolve(this, pattern)));
                break;
            case LiteralPathSet:
                Array.ForEach(LiteralPath!, path => TestFiles(path, () => DefinitionFiles.ResolveLiterally(this, path)));
                break;
            case InputSet when InputObject!.BaseObject is FileInfo file:
                TestFiles(file.FullName, () => [file.FullName]);
                break;
            default:
                Try(null, () => Report(ProblemsOf(InputObject!, out var name).Select(problem => At(problem, name, null))));
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Quiet)
            WriteObject(isGood);
    }

    private static bool IsYaml(string file) => System.IO.Path.GetExtension(file).ToUpperInvariant() is ".YAML" or ".YML";

    private static DefinitionProblem At(Problem problem, string? source, (int Line, int Column)? place) =>
        new(problem.Severity, source, place?.Line, place?.Column, problem.Path, problem.Message);

    private static List<Problem> ProblemsOf(object input, out string? name)
    {
        var problems = new List<Problem>();
        var definition = ServiceDefinition.From(input, problems);
        name = definition.ServiceName;

        // What is no definition at all lacks every member; that need not be said of each.
        if (!problems.Any(problem => problem.Path.Length == 0))
            problems.AddRange(RequestRules.Check(definition.ToCreateRequest(problems)));
        return problems;
    }

    private static IEnumerable<DefinitionProblem> ProblemsInYaml(string file)
    {
        if (System.IO.Path.GetExtension(file).Equals(".yml", StringComparison.OrdinalIgnoreCase))
            yield return new DefinitionProblem(ProblemSeverity.Warning, file, null, null, string.Empty, $"App Runner looks for {SourceFile.FileName} only.");
        foreach (var problem in DefinitionFiles.Read(file, PrivateAssemblies.SourceFileReader.ReadFile).Problems)
            yield return new DefinitionProblem(problem.Severity, file, problem.Line, problem.Column, problem.Path, problem.Message);
    }

    private static IEnumerable<DefinitionProblem> ProblemsInJson(string file)
    {
        var text = DefinitionFiles.Read(file, File.ReadAllText);
        var places = JsonPositions.Of(text);
        if (places.Faults.Count > 0)
            return places.Faults.Select(fault => new DefinitionProblem(ProblemSeverity.Error, file, fault.Line, fault.Column, fault.Path, fault.Message));
        return JsonGraph.Parse(text, file) is Dictionary<string, object?> members
            ? ProblemsOf(members, out _).Select(problem => At(problem, file, places.Find(problem.Path))).OrderBy(problem => problem.Line ?? 0).ThenBy(problem => problem.Column)
            : [new DefinitionProblem(ProblemSeverity.Error, file, 1, 1, string.Empty, DefinitionFiles.NoObject)];
    }

    private void TestFiles(string given, Func<IEnumerable<string>> files) => Try(given, () =>
    {
        foreach (var file in files())
            Try(file, () => Report(IsYaml(file) ? ProblemsInYaml(file) : ProblemsInJson(file)));
    });

    private void Try(object? target, Action test)
    {
        Errors.Target = target;
        var isDone = false;
        Errors.Guard(() =>
        {
            test();
            isDone = true;
        });
        isGood &= isDone;
    }

    private void Report(IEnumerable<DefinitionProblem> problems)
    {
        foreach (var problem in problems)
        {
            isGood &= problem.Severity != ProblemSeverity.Error;
            if (!Quiet)
                WriteObject(problem);
        }
    }
}
