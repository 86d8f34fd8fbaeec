using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <content>
/// Maps and tags: names with values, given as a hashtable, an object, text in the format of .env files, or a list of these or of pairs
/// such as <c>@{ Key = …; Value = … }</c>. The names of environment variables may be shown, their values never.
/// </content>
internal sealed partial class ObjectBinder
{
    // ConvertTo-Json and Export-Clixml write what lies below their -Depth as text.
    private const string LostDepth = " Was it ConvertTo-Json or Export-Clixml without -Depth?";

    private static readonly Regex TextOfAType = new(@"^(?:@\{.*\}|[A-Z]\w*(?:\.[A-Z]\w*)+(?:`\d.*|\[.*)?)$", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // The AWS CLI's short form of a tag.
    private static readonly Regex ShorthandTag = new("^Key=([^,=]+)(?:,Value=(.*))?$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly char[] Spaces = [' ', '\t', '\r', '\n'];

    // The forms of a name with its value, in the API, in other tools of AWS, and in other APIs of AWS.
    private static readonly (string Name, string Value)[] PairForms = [("Key", "Value"), ("TagKey", "TagValue"), ("Name", "Value")];

    // The path of an entry. It is made for a problem only: most definitions have none, and many entries.
    private readonly struct EntryPath(string path, string? name = null, bool isTag = false)
    {
        // The name of a variable is shown, but not a key of another form: it can be a value in the wrong place.
        public override string ToString() => name is null ? path : isTag || IsVariableName(name) ? Join(path, Step(name)) : path + "[an entry whose key is not a name]";
    }

    private static bool IsVariableName(string name)
    {
        if (name.Length is 0 or > 60 || !(name[0] is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')))
            return false;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or '-'))
                return false;
        }

        return true;
    }

    private static bool IsTextOfAnObject(string text) => text.Length < 1000 && TextOfAType.IsMatch(text.Trim());

    private Dictionary<string, string>? BindMap(object input, string path)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!ReadNamedValues(input, path, areTags: false, isInList: false, (name, value, here) =>
        {
            if (value is null)
                Report(here.ToString(), "is $null. Use '' for an empty value, or leave the name out.");
            else if (map.ContainsKey(name))
                Report(here.ToString(), "is given twice.");
            else if (TextOf(value, here) is { } text)
                map.Add(name, text);
        }))
        {
            return null;
        }

        return map;
    }

    private List<Tag>? BindTags(object input, string path)
    {
        var tags = new List<Tag>();
        return ReadNamedValues(input, path, areTags: true, isInList: false, (name, value, here) =>
        {
            if (value is null)
                Report(here.ToString(), "is $null. Use '' for an empty value, or leave the tag out.");
            else if (TextOf(value, here) is { } text)
                tags.Add(new Tag { Key = name, Value = text });
        }, tags) ? tags : null;
    }

    private string? TextOf(object value, EntryPath path)
    {
        switch (value)
        {
            case bool flag:
                return flag ? "true" : "false";
            case string text:
                if (text.StartsWith("System.", StringComparison.Ordinal) && IsTextOfAnObject(text))
                    problems.Add(new Problem(path.ToString(), "is the name of a .NET type." + LostDepth, ProblemSeverity.Warning));
                return text;
            default:
                return BindString(value, path.ToString(), null);
        }
    }

    // Whether the input has names and values at all. Each is passed on with its path.
    private bool ReadNamedValues(object input, string path, bool areTags, bool isInList, Action<string, object?, EntryPath> add, List<Tag>? tags = null)
    {
        var value = InputValue.Unwrap(input)!;
        switch (value)
        {
            case string text:
                return ReadText(text, path, areTags, add, tags);
            case Tag tag when tags is not null:
                tags.Add(tag);
                return true;
        }

        // Neither of these is one pair where a map is expected.
        if (!areTags && !isInList && value is (IDictionary or PSCustomObject))
        {
            foreach (var member in InputValue.MembersOf(input)!)
                add(member.Name, InputValue.Unwrap(member.Value), new EntryPath(path, member.Name));
            return true;
        }

        if (InputValue.MembersOf(input)?.ToArray() is { } members)
        {
            if (PairOf(members, areTags, isInList || value is not (IDictionary or PSCustomObject)) is { } form)
                ReadPair(members, form, path, areTags, add, tags);
            else
                Array.ForEach(members, member => add(member.Name, InputValue.Unwrap(member.Value), new EntryPath(path, member.Name, areTags)));
            return true;
        }

        if (value is IEnumerable list && !isInList)
        {
            ReadList(list, path, areTags, add, tags);
            return true;
        }

        Report(path, $"must be {(areTags ? "a hashtable of keys and values or a list of tags" : "a hashtable of names and values")}, not {Describe(value)}.");
        return false;
    }

    // Texts that follow each other are the lines of one text: a value in quotes may have several.
    private void ReadList(IEnumerable list, string path, bool areTags, Action<string, object?, EntryPath> add, List<Tag>? tags)
    {
        var lines = new List<string>();
        var index = 0;
        foreach (var entry in CallerList.Entries(list))
        {
            var here = $"{path}[{(index++).ToString(CultureInfo.InvariantCulture)}]";
            switch (InputValue.Unwrap(entry))
            {
                case string text:
                    lines.Add(text);
                    continue;
                case null:
                    Report(here, "is null.");
                    break;
                default:
                    Flush();
                    ReadNamedValues(entry!, here, areTags, isInList: true, add, tags);
                    break;
            }

            if (HasTooManyProblems(path))
                return;
        }

        Flush();

        void Flush()
        {
            if (lines.Count > 0)
                ReadText(string.Join("\n", lines), path, areTags, add, tags);
            lines.Clear();
        }
    }

    // Which form of a pair the members have; null if they are names and values themselves. A hashtable with the keys Name and Value could be
    // two environment variables, but hardly two tags.
    private static (string Name, string Value)? PairOf(InputMember[] members, bool areTags, bool isInList)
    {
        foreach (var form in PairForms)
        {
            if (!(areTags || isInList) || !Has(form.Name))
                continue;
            var others = members.Where(member => !Is(member, form.Name) && !Is(member, nameof(Tag.ResourceArn))).ToArray();
            if (others.Length == 0 ? form.Name != "Name" : form.Name != "Name" || (others.Length == 1 && Suggestions.Near(others[0].Name, [form.Value]).Any()))
                return form;
        }

        return null;

        bool Has(string name) => members.Any(member => Is(member, name));
    }

    private static bool Is(InputMember member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private void ReadPair(InputMember[] members, (string Name, string Value) form, string path, bool areTags, Action<string, object?, EntryPath> add, List<Tag>? tags)
    {
        var isComplete = true;
        foreach (var other in members.Where(member => !Is(member, form.Name) && !Is(member, form.Value) && !Is(member, nameof(Tag.ResourceArn))))
        {
            isComplete = false;
            Report(Join(path, Step(other.Name)), $"is not a known member of {(areTags ? "a tag" : "an entry")} with {form.Name}. {(Suggestions.Near(other.Name, [form.Value]).Any() ? $"Did you mean \"{form.Value}\"?" : $"It has {form.Name} and {form.Value}.")}");
        }

        var name = InputValue.Unwrap(members.First(member => Is(member, form.Name)).Value);
        var value = members.Where(member => Is(member, form.Value)).Select(member => InputValue.Unwrap(member.Value)).FirstOrDefault();
        if (!isComplete)
            return;
        if (members.Count(member => Is(member, form.Name)) > 1 || members.Count(member => Is(member, form.Value)) > 1)
            Report(path, $"has {form.Name} or {form.Value} twice.");
        else if (name is null)
            Report(Join(path, form.Name), "is required.");
        else if (BindString(name, Join(path, form.Name), null) is not { } text)
            return;
        else if (value is null && tags is not null)
            tags.Add(new Tag { Key = text });
        else
            add(text, value, areTags ? new EntryPath(Join(path, form.Value)) : new EntryPath(path, text));
    }

    private bool ReadText(string text, string path, bool areTags, Action<string, object?, EntryPath> add, List<Tag>? tags)
    {
        var trimmed = text.Trim();
        if (JsonText.IsDocument(text))
            return JsonGraph.Parse(text, "The text") is { } json && ReadNamedValues(json, path, areTags, isInList: false, add, tags);
        if (IsTextOfAnObject(text))
        {
            Report(path, "must be a hashtable, not the text of one." + LostDepth);
            return false;
        }

        var parts = areTags ? trimmed.Split(Spaces, StringSplitOptions.RemoveEmptyEntries) : [];
        if (parts.Length > 1 && Array.TrueForAll(parts, part => ShorthandTag.IsMatch(part)))
        {
            foreach (var part in parts)
                ReadText(part, path, areTags, add, tags);
            return true;
        }

        if (areTags && ShorthandTag.Match(trimmed) is { Success: true } shorthand)
        {
            add(shorthand.Groups[1].Value, shorthand.Groups[2].Value, new EntryPath(path));
            return true;
        }

        var (entries, unreadable) = DotenvReader.Read(text, areTags);
        foreach (var problem in unreadable)
        {
            if (problem.Name is { } name)
                Report(new EntryPath(path, name, areTags).ToString(), problem.Message);
            else if (text.IndexOf('\n') < 0)
                Report(path, "must be a hashtable, or a string such as NAME=value;OTHER=value.");
            else
                Report(path, $"line {problem.Line.ToString(CultureInfo.InvariantCulture)} {problem.Message}");
            if (HasTooManyProblems(path))
                return false;
        }

        if (entries.Count == 0 && unreadable.Count == 0)
            Report(path, "is a text without entries. Use @{} for none.");
        foreach (var entry in entries)
            add(entry.Name, entry.Value, new EntryPath(path, entry.Name, areTags));
        return entries.Count > 0;
    }
}
