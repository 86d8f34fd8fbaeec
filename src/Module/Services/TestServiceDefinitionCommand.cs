using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Loading;
using AppRunner.Model;
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

    /// <summary>Definitions as for New-ARService: hashtables, objects from JSON or CSV, JSON text, CreateServiceRequests, services, or source configurations; or files from Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [DefinitionTransformation]
    public DefinitionObject? InputObject { get; set; }

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

    private DefinitionReader Definitions { get; set; } = null!; // Set in Begin.

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Definitions = new DefinitionReader(this, Errors);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!Definitions.Read(Path, LiteralPath, InputObject?.Source, Test))
            isValid = false;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Quiet)
            WriteObject(isValid);
    }

    private static IEnumerable<DefinitionProblem> ProblemsIn(DefinitionInput input)
    {
        var problems = new List<Problem>();
        var definition = input.ToDefinition(problems);

        // An input that is not a definition has no members: do not report each missing one.
        if (input.Value is not null && !problems.Any(problem => problem.Path.Length == 0))
        {
            var request = definition.ToCreateRequest(problems);
            problems.AddRange(RequestRules.Check(request, allowNames: true));
            problems.AddRange(SharedContent.Check(request));
            problems.AddRange(ResourceReferences.Unresolved(SharedContent.WithArns(request, SharedContent.In(request), _ => null)));
        }

        var found = Problem.WithoutConsequences(problems).Select(problem =>
        {
            var position = input.PositionOf(problem);
            return new DefinitionProblem(problem.Severity, input.File ?? definition.ServiceName, position?.Line, position?.Column, problem.Under(input.Index).Path, problem.Message);
        });
        return found.OrderBy(problem => problem.Line ?? 0).ThenBy(problem => problem.Column);
    }

    private static IEnumerable<DefinitionProblem> ProblemsInYaml(string file)
    {
        if (System.IO.Path.GetExtension(file).Equals(".yml", StringComparison.OrdinalIgnoreCase))
            yield return new DefinitionProblem(ProblemSeverity.Warning, file, null, null, string.Empty, $"App Runner reads only {SourceFile.FileName}.");
        foreach (var problem in DefinitionFiles.Read(file, PrivateAssemblies.SourceFileReader.ReadFile).Problems)
            yield return new DefinitionProblem(problem.Severity, file, problem.Line, problem.Column, problem.Path, problem.Message);
    }

    private void Test(DefinitionInput input) => Report(input switch
    {
        { IsYaml: true } => ProblemsInYaml(input.File!),
        { IsListed: true } => [new DefinitionProblem(ProblemSeverity.Error, input.File, null, null, input.Index, "This is a service as ListServices returns it, without its settings. Test the output of Get-ARService NAME.")],
        _ => ProblemsIn(input),
    });

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
