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
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Validates service definitions and apprunner.yaml files, without a call. Writes an object for each problem, and nothing for valid
/// definitions.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ARServiceDefinition", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DefinitionProblem), typeof(bool))]
public sealed class TestServiceDefinitionCommand : LocalCommand
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private bool isValid = true;

    /// <summary>A definition as for New-ARService: a hashtable, an object from JSON or CSV, a CreateServiceRequest, or a service; or a file from Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Files; wildcards allowed. Files with the extension .yaml or .yml are read as apprunner.yaml, all others as JSON in the layout of <c>aws apprunner create-service --cli-input-json</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>As Path, but wildcard characters are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Writes one Boolean for all definitions instead: true if all can be read and none has an error.</summary>
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
                RunTest(null, () => Report(ProblemsOf(InputObject!, out var name).Select(problem => ToRecord(problem, name, null))));
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Quiet)
            WriteObject(isValid);
    }

    private static bool IsYaml(string file) => System.IO.Path.GetExtension(file).ToUpperInvariant() is ".YAML" or ".YML";

    private static DefinitionProblem ToRecord(Problem problem, string? source, (int Line, int Column)? position) =>
        new(problem.Severity, source, position?.Line, position?.Column, problem.Path, problem.Message);

    private static List<Problem> ProblemsOf(object input, out string? name)
    {
        var problems = new List<Problem>();
        var definition = ServiceDefinition.From(input, problems);
        name = definition.ServiceName;

        // An input that is not a definition has no members: do not report each missing one.
        if (!problems.Any(problem => problem.Path.Length == 0))
        {
            var request = definition.ToCreateRequest(problems);
            problems.AddRange(RequestRules.Check(request, allowNames: true));
            problems.AddRange(ResourceReferences.Unresolved(request));
        }

        return problems;
    }

    private static IEnumerable<DefinitionProblem> ProblemsInYaml(string file)
    {
        if (System.IO.Path.GetExtension(file).Equals(".yml", StringComparison.OrdinalIgnoreCase))
            yield return new DefinitionProblem(ProblemSeverity.Warning, file, null, null, string.Empty, $"App Runner reads only {SourceFile.FileName}.");
        foreach (var problem in DefinitionFiles.Read(file, PrivateAssemblies.SourceFileReader.ReadFile).Problems)
            yield return new DefinitionProblem(problem.Severity, file, problem.Line, problem.Column, problem.Path, problem.Message);
    }

    private static IEnumerable<DefinitionProblem> ProblemsInJson(string file)
    {
        var text = DefinitionFiles.Read(file, File.ReadAllText);
        var positions = JsonPositions.Of(text);
        if (positions.Faults.Count > 0)
            return positions.Faults.Select(fault => new DefinitionProblem(ProblemSeverity.Error, file, fault.Line, fault.Column, fault.Path, fault.Message));
        return JsonGraph.Parse(text, file) is Dictionary<string, object?> members
            ? ProblemsOf(members, out _).Select(problem => ToRecord(problem, file, positions.Find(problem.Path))).OrderBy(problem => problem.Line ?? 0).ThenBy(problem => problem.Column)
            : [new DefinitionProblem(ProblemSeverity.Error, file, 1, 1, string.Empty, DefinitionFiles.NotAnObject)];
    }

    private void TestFiles(string given, Func<IEnumerable<string>> files) => RunTest(given, () =>
    {
        foreach (var file in files())
            RunTest(file, () => Report(IsYaml(file) ? ProblemsInYaml(file) : ProblemsInJson(file)));
    });

    private void RunTest(object? target, Action test)
    {
        Errors.Target = target;
        var hasCompleted = false;
        Errors.Guard(() =>
        {
            test();
            hasCompleted = true;
        });
        isValid &= hasCompleted;
    }

    private void Report(IEnumerable<DefinitionProblem> problems)
    {
        foreach (var problem in problems)
        {
            isValid &= problem.Severity != ProblemSeverity.Error;
            if (!Quiet)
                WriteObject(problem);
        }
    }
}
