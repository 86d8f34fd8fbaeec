using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Contract;

/// <summary>The contract of the cmdlets as text: one paragraph for each cmdlet, one line for each parameter.</summary>
internal static class CmdletContract
{
    /// <summary>With this argument the test program writes the contract file, and runs no test.</summary>
    public const string AcceptArgument = "--accept-contract";

    public static string Path { get; } = System.IO.Path.Combine(StagedModule.Source, "tests", "Module.Tests", "Contract", "cmdlets.txt");

    /// <summary>The contract of the built module.</summary>
    public static string Built() => string.Join("\n", StagedCmdlets.All.Select(cmdlet => string.Concat(LinesOf(cmdlet).Select(line => line + "\n"))));

    /// <summary>The accepted contract.</summary>
    public static string Accepted() => File.ReadAllText(Path).ReplaceLineEndings("\n");

    /// <summary>Accepts the contract of the built module.</summary>
    public static int Accept()
    {
        File.WriteAllText(Path, Built());
        Console.WriteLine("Written: " + Path);
        return 0;
    }

    /// <summary>The differences of two contracts, grouped by cmdlet.</summary>
    public static string Difference(string accepted, string built)
    {
        var before = Paragraphs(accepted);
        var after = Paragraphs(built);
        var difference = new StringBuilder();
        foreach (var cmdlet in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var was = before.GetValueOrDefault(cmdlet, []);
            var now = after.GetValueOrDefault(cmdlet, []);
            var changes = was.Except(now).Select(line => "- " + line).Concat(now.Except(was).Select(line => "+ " + line)).OrderBy(line => line[2..], StringComparer.Ordinal).ToArray();
            if (changes.Length == 0 && was.SequenceEqual(now))
                continue;
            difference.AppendLine(cmdlet + (before.ContainsKey(cmdlet) ? after.ContainsKey(cmdlet) ? string.Empty : " (removed)" : " (new)"));
            foreach (var change in changes.DefaultIfEmpty("  the order of the lines"))
                difference.AppendLine(change);
        }

        return difference.ToString();
    }

    private static Dictionary<string, string[]> Paragraphs(string contract) =>
        contract.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => paragraph.Trim('\n').Split('\n')).ToDictionary(lines => lines[0], lines => lines[1..]);

    private static IEnumerable<string> LinesOf(CmdletInfo cmdlet)
    {
        var declaration = cmdlet.Declaration();
        var fresh = Activator.CreateInstance(cmdlet.ImplementingType)!;
        using var ending = fresh as IDisposable;
        yield return cmdlet.Name;
        yield return "  writes " + string.Join(", ", cmdlet.OutputType.Select(output => NameOf(output.Type)).Order(StringComparer.Ordinal));
        if (declaration.SupportsShouldProcess)
            yield return $"  ShouldProcess, impact {declaration.ConfirmImpact}";
        if (cmdlet.ParameterSets.Count > 1)
            yield return "  sets " + string.Join(", ", cmdlet.ParameterSets.OrderBy(set => set.Name, StringComparer.Ordinal).Select(set => set.Name + (set.IsDefault ? " (default)" : string.Empty)));
        foreach (var parameter in cmdlet.OwnParameters().OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            yield return "  " + LineOf(parameter, cmdlet.ImplementingType.GetProperty(parameter.Name)!.GetValue(fresh));
    }

    private static string LineOf(ParameterMetadata parameter, object? value)
    {
        var notes = new List<string>();
        notes.AddRange(parameter.ParameterSets.GroupBy(set => Binding(set.Value), set => set.Key)
            .Select(group => (Sets: string.Join(", ", group.Order(StringComparer.Ordinal)), Binding: group.Key))
            .OrderBy(group => group.Sets, StringComparer.Ordinal)
            .Select(group => group.Sets == ParameterAttribute.AllParameterSets ? group.Binding : $"in {group.Sets}{(group.Binding.Length > 0 ? " " : string.Empty)}{group.Binding}"));
        if (parameter.Aliases.Count > 0)
            notes.Add("or -" + string.Join(" -", parameter.Aliases.Order(StringComparer.Ordinal)));
        notes.AddRange(parameter.Attributes.Select(Note).OfType<string>().Order(StringComparer.Ordinal));
        if (value is not (null or false or 0 or SwitchParameter or ICollection { Count: 0 }) && !(value is TimeSpan time && time == TimeSpan.Zero))
            notes.Add("default " + Convert.ToString(value, CultureInfo.InvariantCulture));
        return $"-{parameter.Name} <{NameOf(parameter.ParameterType)}> {string.Join("; ", notes.Where(note => note.Length > 0))}".TrimEnd();
    }

    private static string Binding(ParameterSetMetadata set) => string.Join(' ', new[]
    {
        set.Position >= 0 ? set.Position.ToString(CultureInfo.InvariantCulture) : null,
        set.IsMandatory ? "mandatory" : null,
        set.ValueFromPipeline ? "pipeline" : null,
        set.ValueFromPipelineByPropertyName ? "property" : null,
        set.ValueFromRemainingArguments ? "rest" : null,
    }.OfType<string>());

    private static string? Note(Attribute attribute) => attribute switch
    {
        ValidateSetAttribute set => "one of " + string.Join(", ", set.ValidValues),
        ValidateRangeAttribute range => $"{range.MinRange} to {range.MaxRange}",
        ValidateNotNullOrEmptyAttribute => "not empty",
        ValidateNotNullAttribute => "not null",
        AllowNullAttribute => "or null",
        AllowEmptyStringAttribute => "or empty string",
        AllowEmptyCollectionAttribute => "or empty list",
        SupportsWildcardsAttribute => "wildcards",
        ArgumentCompleterAttribute { Type: { } completer } => "completes " + Short(completer.Name, "Completer"),
        ArgumentTransformationAttribute => "transformed by " + Short(attribute.GetType().Name, "TransformationAttribute"),
        AliasAttribute or ParameterAttribute => null,
        _ when attribute.GetType().Namespace == "System.Runtime.CompilerServices" => null,
        _ => attribute.GetType().Name,
    };

    private static string Short(string name, string end) => name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;

    private static string NameOf(Type? type) => type switch
    {
        null => "?",
        { IsArray: true } => NameOf(type.GetElementType()) + "[]",
        _ when Nullable.GetUnderlyingType(type) is { } inner => NameOf(inner) + "?",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>",
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(void) => "nothing",
        _ when type == typeof(SwitchParameter) => "switch",
        _ => type.FullName!.StartsWith("AppRunner.", StringComparison.Ordinal) ? type.FullName : type.Name,
    };
}
