using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Reads the definitions of files, JSON text and objects, and recognises their form: a definition, a service, a source configuration, the
/// output of the AWS CLI, or a list of these. Each definition is processed on its own, so that an error of one does not stop the others.
/// </summary>
/// <param name="cmdlet">The cmdlet, which has the current folder.</param>
/// <param name="errors">Reports exceptions of each definition.</param>
internal sealed class DefinitionReader(PSCmdlet cmdlet, ErrorReporter errors)
{
    // A list that contains itself has no end.
    private const int MaxDepth = 4;

    // The lines of a document that came line by line: reported once, and ignored up to its end.
    private readonly StringBuilder lines = new();

    /// <summary>Reads what the parameters Path, LiteralPath or InputObject have for the current record.</summary>
    /// <param name="path">Files, with wildcards; may be null.</param>
    /// <param name="literalPath">Files; may be null.</param>
    /// <param name="inputObject">An object, JSON text, a service's name, or a file; may be null.</param>
    /// <param name="process">Called with each definition.</param>
    /// <returns>False if an error was reported.</returns>
    public bool Read(string[]? path, string[]? literalPath, object? inputObject, Action<DefinitionInput> process)
    {
        var isComplete = true;
        foreach (var pattern in path ?? [])
            isComplete &= ReadFiles(pattern, () => DefinitionFiles.Resolve(cmdlet, pattern), process);
        foreach (var file in literalPath ?? [])
            isComplete &= ReadFiles(file, () => DefinitionFiles.ResolveLiterally(cmdlet, file), process);
        if (inputObject is not null)
            return ReadObject(inputObject, process) && isComplete;
        return (path ?? literalPath) is not null ? isComplete : errors.Guard(() => throw new InvalidParameterException("InputObject: is null."));
    }

    /// <summary>Reads an object from the pipeline.</summary>
    /// <param name="input">An object, JSON text, a service's name, a file, or a list of these.</param>
    /// <param name="process">Called with each definition.</param>
    /// <returns>False if an error was reported.</returns>
    public bool ReadObject(object input, Action<DefinitionInput> process) => InputValue.Unwrap(input) is FileInfo file
        ? ReadFile(file.FullName, process)
        : ProcessEach(() => Expand(input, new DefinitionInput(), depth: 0), process);

    private static bool IsYaml(string file) => Path.GetExtension(file).ToUpperInvariant() is ".YAML" or ".YML";

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static DefinitionInput Make(DefinitionInput place, object? value, bool isListed = false, bool isSource = false, KeyValuePair<string, object?>[]? members = null, params Problem[] problems) => new()
    {
        Value = value,
        Members = members,
        File = place.File,
        Index = place.Index,
        Positions = place.Positions,
        Path = place.Path,
        IsListed = isListed,
        IsSource = isSource,
        Problems = problems,
    };

    private static DefinitionInput Unreadable(DefinitionInput place, string message) => Make(place, null, problems: new Problem(string.Empty, message));

    private static DefinitionInput Below(DefinitionInput place, string member, bool isIndex) => new()
    {
        File = place.File,
        Index = isIndex ? place.Index + member : place.Index,
        Positions = place.Positions,
        Path = place.Path.Length == 0 || isIndex ? place.Path + member : place.Path + "." + member,
    };

    private bool ReadFiles(string given, Func<IEnumerable<string>> files, Action<DefinitionInput> process)
    {
        var isComplete = true;
        errors.Target = given;
        return errors.Guard(() =>
        {
            foreach (var file in files())
                isComplete &= ReadFile(file, process);
        }) && isComplete;
    }

    private bool ReadFile(string file, Action<DefinitionInput> process)
    {
        errors.Target = file;
        return ProcessEach(() => OpenFile(file), process);
    }

    private bool ProcessEach(Func<IEnumerable<DefinitionInput>> read, Action<DefinitionInput> process)
    {
        var isComplete = true;
        return errors.Guard(() =>
        {
            foreach (var definition in read())
            {
                errors.Target = definition.TargetOf(null);
                isComplete &= errors.Guard(() => process(definition));
            }
        }) && isComplete;
    }

    private IEnumerable<DefinitionInput> OpenFile(string file) => IsYaml(file)
        ? [new DefinitionInput { File = file, IsYaml = true, Problems = [new Problem(string.Empty, "The file is YAML, but definitions are JSON. An apprunner.yaml belongs into the source code; Test-ARServiceDefinition checks it.")] }]
        : Parse(DefinitionFiles.Read(file, File.ReadAllText), file);

    // JSON in a file or from the pipeline.
    private IEnumerable<DefinitionInput> Parse(string text, string? file)
    {
        var positions = JsonPositions.Of(text);
        var place = new DefinitionInput { File = file, Positions = positions };
        if (positions.Faults.Count > 0)
            return [Make(place, null, problems: positions.Faults.Select(fault => new Problem(fault.Path, fault.Message)).ToArray())];
        return Expand(JsonGraph.Parse(text, file ?? "JSON"), place, depth: 0);
    }

    private IEnumerable<DefinitionInput> Expand(object? value, DefinitionInput place, int depth)
    {
        var plain = InputValue.Unwrap(value);
        if (depth > MaxDepth)
            return [Unreadable(place, "The list is nested too deeply.")];
        switch (plain)
        {
            case Service or CreateServiceRequest:
                return [Make(place, value)];
            case ServiceSummary:
                return [Make(place, value, isListed: true)];
            case SourceConfiguration:
                return [SourceIn(value!, place)];
            case FileInfo file when place.Positions is null:
                return ReadListedFile(file.FullName);
            case string text when place.Positions is null:
                return ReadText(text, place);
            case IEnumerable list when plain is not (string or IDictionary or IEnumerable<KeyValuePair<string, object?>>):
                return ExpandList(list, place, depth);
        }

        return value is not null && ObjectBinder.MembersOf(value)?.ToArray() is { } members
            ? Recognise(value, members, place, depth)
            : [Unreadable(place, place.Positions is null
                ? "This is not a definition: give a hashtable or an object with the members of CreateService, JSON, or a service."
                : "The document must be a JSON object with the members of CreateService.")];
    }

    // A file of a list must not stop the list.
    private IEnumerable<DefinitionInput> ReadListedFile(string file)
    {
        try
        {
            return OpenFile(file);
        }
        catch (InvalidParameterException unreadable)
        {
            return [Unreadable(new DefinitionInput { File = file }, unreadable.Message)];
        }
    }

    private IEnumerable<DefinitionInput> ExpandList(IEnumerable list, DefinitionInput place, int depth)
    {
        var index = 0;
        using var entries = CallerList.Entries(list).GetEnumerator();
        while (true)
        {
            string? unreadable = null;
            try
            {
                if (!entries.MoveNext())
                    break;
            }
            catch (InvalidParameterException failure) when (failure.IsPredicate)
            {
                unreadable = failure.Message;
            }

            if (unreadable is not null)
            {
                yield return Unreadable(place, "The list " + unreadable);
                yield break;
            }

            foreach (var definition in Expand(entries.Current, Below(place, $"[{index++}]", isIndex: true), depth + 1))
                yield return definition;
        }

        if (index == 0)
            yield return Unreadable(place, "The list is empty: there is no definition in it.");
    }

    private IEnumerable<DefinitionInput> ReadText(string text, DefinitionInput place)
    {
        if (lines.Length > 0)
        {
            lines.AppendLine().Append(text);

            // Only a bracket can complete the document: reading it after every line would take quadratic time.
            if (text.TrimEnd() is { Length: > 0 } line && line[line.Length - 1] is '}' or ']' && !JsonPositions.IsIncomplete(lines.ToString()))
                lines.Clear();
            return [];
        }

        if (!JsonText.IsDocument(text))
            return [Make(place, new Dictionary<string, object?> { [nameof(ServiceDefinition.ServiceName)] = text })];
        if (text.IndexOf('\n') < 0 && JsonPositions.IsIncomplete(text))
        {
            lines.Append(text);
            return [Unreadable(place, JsonText.IsLineByLine + " The lines of this document are ignored.")];
        }

        return Parse(text, null);
    }

    private IEnumerable<DefinitionInput> Recognise(object value, KeyValuePair<string, object?>[] members, DefinitionInput place, int depth)
    {
        // The AWS CLI: {Service}, {Service, OperationId}, {ServiceSummaryList, NextToken}.
        if (ApiOutput.ResultIn(members, [ResourceKind.Service]) is { } result)
        {
            if (Is(result.Name, nameof(ListServicesResponse.ServiceSummaryList)) && InputValue.Unwrap(Array.Find(members, member => Is(member.Key, "NextToken")).Value) is string { Length: > 0 })
                cmdlet.WriteWarning($"{place.File ?? "The input"}: the list of services is not complete: it has a NextToken.");
            return Expand(result.Value, Below(place, result.Name, isIndex: false), depth + 1);
        }

        bool Has(string name) => members.Any(member => Is(member.Key, name));
        if (OtherTool(members) is { } problem)
            return [Unreadable(place, problem)];
        if (Has(nameof(ServiceSummary.ServiceArn)) && Has(nameof(ServiceSummary.Status)))
            return [Make(place, value, isListed: !members.Any(member => MembersByName.Of(typeof(ServiceDefinition)).TryGetValue(member.Key, out var known) && known.Name != nameof(ServiceDefinition.ServiceName)), members: members)];
        return IsSource(members) ? [SourceIn(value, place)] : [Make(place, value, members: members)];
    }

    // Only a source configuration, as for "--source-configuration file://...".
    private static bool IsSource(KeyValuePair<string, object?>[] members) =>
        members.Any(member => Is(member.Key, nameof(SourceConfiguration.ImageRepository)) || Is(member.Key, nameof(SourceConfiguration.CodeRepository)))
        && !members.Any(member => MembersByName.Of(typeof(ServiceDefinition)).ContainsKey(member.Key) && !Is(member.Key, nameof(SourceConfiguration.AutoDeploymentsEnabled)));

    private static DefinitionInput SourceIn(object source, DefinitionInput place) =>
        Make(place, new Dictionary<string, object?> { [nameof(ServiceDefinition.SourceConfiguration)] = source }, isSource: true);

    private static string? OtherTool(KeyValuePair<string, object?>[] members)
    {
        object? Member(string name) => Array.Find(members, member => Is(member.Key, name)).Value;
        const string Advice = "Write the members of CreateService instead, as Get-ARService NAME | ConvertTo-Json -Depth 10 shows them.";
        if (InputValue.Unwrap(Member("Type")) is string type && type.StartsWith("AWS::", StringComparison.Ordinal) && Member("Properties") is not null)
            return $"This is a CloudFormation resource ({type}), not a definition of the API. Its Properties differ: RuntimeEnvironmentVariables and RuntimeEnvironmentSecrets are lists of Name and Value there, and maps in the API. {Advice}";
        if (Member("Resources") is { } resources && ObjectBinder.MembersOf(resources) is not null && !MembersByName.Of(typeof(ServiceDefinition)).Keys.Any(name => Member(name) is not null))
            return $"This is a CloudFormation template, not a definition of the API. {Advice}";
        return null;
    }
}
