using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Settings that image and code services have in common.</summary>
internal static class RunSettingRules
{
    /// <summary>The default port.</summary>
    public const string DefaultPort = "8080";

    /// <summary>The settings on one line, with only the number of variables and secrets.</summary>
    public static string Summary(string? port, Dictionary<string, string>? variables, Dictionary<string, string>? secrets) =>
        $"port {port ?? DefaultPort}, {variables?.Count ?? 0} variables, {secrets?.Count ?? 0} secrets";

    /// <summary>The problem if a name is both a variable and a secret; otherwise null.</summary>
    public static Problem? NamesGivenTwice(Dictionary<string, string>? variables, Dictionary<string, string>? secrets)
    {
        if (variables is null || secrets is null)
            return null;
        var both = variables.Keys.Count(secrets.ContainsKey);
        return both == 0 ? null : new Problem("RuntimeEnvironmentSecrets", $"has {both} name(s) that are also in RuntimeEnvironmentVariables.");
    }
}

/// <summary>Lengths of a string map's keys and values, in characters. Its findings contain no keys and values: both are sensitive.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MapAttribute : RuleAttribute
{
    /// <summary>Declares the lengths.</summary>
    /// <param name="keyMaximum">Maximum characters of a key; the minimum is 1.</param>
    /// <param name="valueMinimum">Minimum characters of a value.</param>
    /// <param name="valueMaximum">Maximum characters of a value.</param>
    public MapAttribute(int keyMaximum, int valueMinimum, int valueMaximum)
    {
        KeyMaximum = keyMaximum;
        ValueMinimum = valueMinimum;
        ValueMaximum = valueMaximum;
    }

    /// <summary>Maximum characters of a key.</summary>
    public int KeyMaximum { get; }

    /// <summary>Minimum characters of a value.</summary>
    public int ValueMinimum { get; }

    /// <summary>Maximum characters of a value.</summary>
    public int ValueMaximum { get; }

    /// <summary>Whether to warn about keys that begin with AWSAPPRUNNER, which App Runner reserved in the past.</summary>
    public bool WarnOfReservedKeys { get; set; } = true;

    /// <summary>Whether each value must refer to a secret or parameter: an ARN, or the name of a parameter.</summary>
    public bool ValuesAreReferences { get; set; }

    /// <summary>Whether a value has the form of a reference to a secret or parameter.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True for ARNs of Secrets Manager and SSM, and for valid parameter names.</returns>
    public static bool IsReference(string value)
    {
        if (value.StartsWith("arn:", StringComparison.Ordinal))
            return Arn.TryParse(value, out var arn) && arn.Service is "secretsmanager" or "ssm";
        foreach (var c in value)
        {
            if (!(char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_'))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is not IDictionary<string, string> map)
            yield break;
        foreach (var pair in map)
        {
            if (pair.Key.Length is 0 || pair.Key.Length > KeyMaximum)
                yield return new RuleViolation($"has a name of {pair.Key.Length} characters, but must have 1 to {KeyMaximum}");
            if (pair.Value is null)
                yield return new RuleViolation("has an entry without a value");
            else if (pair.Value.Length < ValueMinimum || pair.Value.Length > ValueMaximum)
                yield return new RuleViolation($"has a value of {pair.Value.Length} characters, but must have {ValueMinimum} to {ValueMaximum}");
            else if (ValuesAreReferences && !IsReference(pair.Value))
                yield return new RuleViolation("has a value that is neither a Secrets Manager ARN, an SSM parameter ARN nor a parameter name; put plain values in RuntimeEnvironmentVariables");
            if (WarnOfReservedKeys && pair.Key.StartsWith("AWSAPPRUNNER", StringComparison.OrdinalIgnoreCase))
                yield return new RuleViolation("has a name that begins with AWSAPPRUNNER, which is reserved by App Runner", ProblemSeverity.Warning);
        }
    }
}

/// <summary>The environment of a program, in the settings of image and of code services.</summary>
internal interface IRunSettings
{
    /// <summary>Names and values.</summary>
    Dictionary<string, string>? RuntimeEnvironmentVariables { get; set; }

    /// <summary>Names and ARNs.</summary>
    Dictionary<string, string>? RuntimeEnvironmentSecrets { get; set; }
}
