using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

/// <summary>
/// One thing that a -Property parameter asks of each object: a name, with wildcards or not, a script block, or a
/// hashtable with Name (or Label) and Expression.
/// </summary>
internal sealed class PropertySelector
{
    private readonly string? _name;
    private readonly ScriptBlock? _script;
    private readonly WildcardPattern? _pattern;

    private PropertySelector(object expression, string? label)
    {
        if (expression is ScriptBlock script)
        {
            _script = script;
            Label = label ?? script.ToString().Trim();
            return;
        }

        _name = LanguagePrimitives.ConvertTo<string>(expression);
        Label = label ?? _name;
        if (label is null && WildcardPattern.ContainsWildcardCharacters(_name))
            _pattern = WildcardPattern.Get(_name, WildcardOptions.IgnoreCase);
    }

    /// <summary>What the value is called in the result.</summary>
    public string Label { get; }

    /// <summary>For sorting: the hashtable's Descending or Ascending; null where it has neither.</summary>
    public bool? Descending { get; private init; }

    /// <exception cref="ArgumentException">A hashtable without Expression, or with an unknown key.</exception>
    public static List<PropertySelector> Parse(IEnumerable<object>? properties) => (properties ?? []).Select(Parse).ToList();

    /// <summary>The properties asked for, with their values; a wildcard gives those that the object has.</summary>
    public IEnumerable<(string Label, object? Value)> Read(PSObject input)
    {
        if (_pattern is null)
            return [(Label, ReadOne(input))];
        return input.Properties.Where(property => _pattern.IsMatch(property.Name)).Select(property => (property.Name, Value(property)));
    }

    public object? ReadOne(PSObject input)
    {
        if (_script is null)
            return input.Properties[_name!] is { } property ? Value(property) : FromDictionary(input);
        var values = _script.InvokeWithContext(null, [new PSVariable("_", input), new PSVariable("PSItem", input)]);
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => values.ToArray<object>(),
        };
    }

    private static PropertySelector Parse(object property)
    {
        var plain = property is PSObject wrapped ? wrapped.BaseObject : property;
        if (plain is not IDictionary table)
            return new PropertySelector(plain, label: null);

        object? expression = null;
        string? label = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            var value = entry.Value is PSObject boxed ? boxed.BaseObject : entry.Value;
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key);
            // As pwsh does: any clear beginning of a key will do, such as n and e.
            if (Begins("Expression", key))
                expression = value;
            else if (Begins("Name", key) || Begins("Label", key))
                label = LanguagePrimitives.ConvertTo<string>(value);
            else if (Begins("Descending", key))
                descending = LanguagePrimitives.IsTrue(value);
            else if (Begins("Ascending", key))
                descending = !LanguagePrimitives.IsTrue(value);
            else
                throw new ArgumentException($"The {key} key is not valid. Use Name, Expression, Descending or Ascending.");
        }

        return new PropertySelector(expression ?? throw new ArgumentException("The hashtable has no Expression key."), label) { Descending = descending };
    }

    private static bool Begins(string name, string key) => key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            // A getter that fails leaves its column empty, as in pwsh.
            return null;
        }
    }

    private object? FromDictionary(PSObject input) =>
        input.BaseObject is IDictionary table && table.Contains(_name!) ? table[_name!] : null;
}
