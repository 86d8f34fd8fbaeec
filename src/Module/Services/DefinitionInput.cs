using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>One definition of an input, and where it stands there: the file, the index in a list, the position in a JSON text.</summary>
internal sealed class DefinitionInput
{
    /// <summary>The definition: a hashtable or object with the members, a request, a service, or with <see cref="IsListed"/> what names the service. Null if <see cref="Problems"/> say why there is none.</summary>
    public object? Value { get; init; }

    /// <summary>The members of <see cref="Value"/>, if they were read to recognise it: reading the properties of an object takes long.</summary>
    public KeyValuePair<string, object?>[]? Members { get; init; }

    /// <summary>The file; null for objects and for text from the pipeline.</summary>
    public string? File { get; init; }

    /// <summary>The index in a list such as <c>[1]</c>; empty outside lists.</summary>
    public string Index { get; init; } = string.Empty;

    /// <summary>Whether it is a service as ListServices returns it, without settings: it must be described first.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether it is only a SourceConfiguration. <see cref="Value"/> then has it as its member.</summary>
    public bool IsSource { get; init; }

    /// <summary>Whether the file is YAML, which holds no definition. Test-ARServiceDefinition reads it as apprunner.yaml.</summary>
    public bool IsYaml { get; init; }

    /// <summary>Why the input cannot be read as a definition.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The positions of members in the JSON text; null for objects.</summary>
    internal JsonPositions? Positions { get; init; }

    /// <summary>The path of the definition in the JSON text or the list.</summary>
    internal string Path { get; init; } = string.Empty;

    /// <summary>Reads the definition.</summary>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition; empty if it cannot be read.</returns>
    public ServiceDefinition ToDefinition(List<Problem> problems)
    {
        problems.AddRange(Problems);
        return Value is null ? new ServiceDefinition() : ServiceDefinition.From(Value, Members, problems);
    }

    /// <summary>The line and column of a problem.</summary>
    /// <param name="problem">A problem of the definition or the request made of it.</param>
    /// <returns>The position of the member or its nearest parent; null for objects.</returns>
    public (int Line, int Column)? PositionOf(Problem problem) => Positions?.Faults.FirstOrDefault(fault => fault.Path == problem.Path && fault.Message == problem.Message) is { Line: > 0 } fault
        ? (fault.Line, fault.Column)
        : Positions?.Find(InText(problem.Path), Path);

    /// <summary>A problem with its place in front of its path, in the format of compiler messages: <c>file(line,column): [index].path</c>.</summary>
    /// <param name="problem">A problem of the definition or the request made of it.</param>
    /// <returns>The problem with the longer path.</returns>
    public Problem At(Problem problem)
    {
        var position = PositionOf(problem) is { } found ? $"({found.Line},{found.Column})" : string.Empty;
        var place = File is null && position.Length == 0 ? string.Empty : (File ?? "JSON") + position;
        var path = problem.Under(Index).Path;
        return new Problem(place.Length == 0 || path.Length == 0 ? place + path : place + ": " + path, problem.Message, problem.Severity);
    }

    /// <summary>The problems at their places, without those that only say again that an unreadable value is missing.</summary>
    /// <param name="problems">The problems of the definition or the request made of it.</param>
    /// <returns>The problems with the longer paths.</returns>
    public IReadOnlyList<Problem> At(IReadOnlyList<Problem> problems) => Problem.WithoutConsequences(problems).Select(At).ToArray();

    /// <summary>Names the input in a message.</summary>
    /// <param name="subject">What the message is about, such as <c>The definition of service "web"</c>.</param>
    /// <returns>The subject, after the file and the index.</returns>
    public string Describe(string subject) => File is null && Index.Length == 0 ? subject : $"{File}{Index}: {subject}";

    /// <summary>The TargetObject of errors. Get-Error shows the whole TargetObject, so it must not contain the definition's secrets.</summary>
    /// <param name="serviceName">The name in the definition; null if it is not known.</param>
    /// <returns>The file, an object of the Model, or the name.</returns>
    public object? TargetOf(string? serviceName) => File ?? (Value is null ? serviceName : RequestDisplay.TargetOf(PSObject.AsPSObject(Value), serviceName));

    // The source itself is the document: its members have no SourceConfiguration in front.
    private string InText(string path)
    {
        const string Source = nameof(SourceConfiguration);
        return !IsSource || !path.StartsWith(Source, StringComparison.Ordinal) ? path : path.Substring(Math.Min(path.Length, Source.Length + 1));
    }
}
