using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

namespace AppRunner.Packaging;

/// <summary>The manifest, read by PowerShell's parser. Changes are made in its text, so that the rest is preserved.</summary>
internal sealed class ModuleManifest
{
    public const string FileName = "AppRunner.psd1";

    private readonly string path;
    private readonly HashtableAst galleryText;
    private readonly Hashtable values;
    private readonly Hashtable gallery;

    private ModuleManifest(string path, string text)
    {
        this.path = path;
        Text = text;
        var script = Parser.ParseInput(text, out _, out var errors);
        if (errors.Length > 0)
            throw CreateException(errors[0].Message);
        var root = script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false) as HashtableAst ?? throw CreateException("it has no hashtable");
        galleryText = Inner(Inner(root, "PrivateData"), "PSData");
        values = (Hashtable)root.SafeGetValue();
        gallery = (Hashtable)galleryText.SafeGetValue();
    }

    public string Text { get; }

    public string Name => Path.GetFileNameWithoutExtension(path);

    /// <summary>The version for the gallery, with the pre-release label if there is one.</summary>
    public string Version => Gallery("Prerelease") is { } label ? $"{Value("ModuleVersion")}-{label}" : Value("ModuleVersion");

    public string Author => Value("Author");

    public string Company => Value("CompanyName");

    public string Copyright => Value("Copyright");

    public string Description => Value("Description");

    public IReadOnlyList<string> Cmdlets => List(values, "CmdletsToExport");

    public IReadOnlyList<string> Tags => List(gallery, "Tags");

    public string? LicenseUri => Gallery("LicenseUri");

    public string? ProjectUri => Gallery("ProjectUri");

    public string? IconUri => Gallery("IconUri");

    public string? ReleaseNotes => Gallery("ReleaseNotes");

    public static ModuleManifest Read(string path) => Parse(path, File.ReadAllText(path));

    public static ModuleManifest Parse(string path, string text) => new(path, text);

    /// <summary>Sets a member of PSData.</summary>
    public ModuleManifest With(string key, string value)
    {
        var quoted = $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
        if (Find(galleryText, key) is { } present)
            return Parse(path, Text[..present.Extent.StartOffset] + quoted + Text[present.Extent.EndOffset..]);
        var first = galleryText.KeyValuePairs[0].Item1.Extent;
        var indent = new string(' ', first.StartColumnNumber - 1);
        return Parse(path, $"{Text[..first.StartOffset]}{key} = {quoted}\n{indent}{Text[first.StartOffset..]}");
    }

    private static StatementAst? Find(HashtableAst table, string key) => table.KeyValuePairs
        .FirstOrDefault(pair => pair.Item1 is StringConstantExpressionAst name && name.Value.Equals(key, StringComparison.OrdinalIgnoreCase))?.Item2;

    private static IReadOnlyList<string> List(Hashtable table, string key) => table[key] switch
    {
        object[] several => [.. several.Cast<string>()],
        string one => [one],
        _ => [],
    };

    private HashtableAst Inner(HashtableAst table, string key) =>
        (Find(table, key) as PipelineBaseAst)?.GetPureExpression() as HashtableAst ?? throw CreateException($"it has no table {key}");

    private string Value(string key) => values[key] as string ?? throw CreateException($"it has no {key}");

    private string? Gallery(string key) => gallery[key] is string { Length: > 0 } value ? value : null;

    private PackagingException CreateException(string what) => new(path, what);
}
