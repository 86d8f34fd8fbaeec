using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
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
        var both = variables.Keys.Where(secrets.ContainsKey).ToArray();
        if (both.Length == 0)
            return null;
        var names = both.Where(IsVariableName).ToArray();
        return new Problem("RuntimeEnvironmentSecrets", $"has {both.Length} name{(both.Length == 1 ? string.Empty : "s")} that {(both.Length == 1 ? "is" : "are")} also in RuntimeEnvironmentVariables{(names.Length == 0 ? string.Empty : ": " + string.Join(", ", names))}.");
    }

    /// <summary>Whether a key of a map has the form of a variable's name. Other keys are not shown: they can be values in the wrong place.</summary>
    public static bool IsVariableName(string key) => key.Length is > 0 and <= 100 && Regex.IsMatch(key, "\\A[A-Za-z_][A-Za-z0-9_]*\\z", RegexOptions.CultureInvariant);

    /// <summary>The problem of secrets without the role that reads them; null if there is none. In apprunner.yaml, the secrets are not known here.</summary>
    public static Problem? RoleForSecrets(SourceConfiguration? source, InstanceConfiguration? instance)
    {
        var code = source?.CodeRepository?.CodeConfiguration;
        var secrets = (source?.ImageRepository?.ImageConfiguration?.RuntimeEnvironmentSecrets?.Count ?? 0)
            + (code?.ConfigurationSource == ConfigurationSource.Repository ? 0 : code?.CodeConfigurationValues?.RuntimeEnvironmentSecrets?.Count ?? 0);
        return secrets == 0 || !string.IsNullOrEmpty(instance?.InstanceRoleArn)
            ? null
            : new Problem("InstanceConfiguration.InstanceRoleArn", "is required with RuntimeEnvironmentSecrets: the role that reads the secrets.")
            {
                ServiceMessage = "Instance Role have to be provided if passing in RuntimeEnvironmentSecrets.",
            };
    }

    /// <summary>The ARN of a secret or parameter. The name of an SSM parameter means the parameter in the service's region and account.</summary>
    public static string FullReference(string reference, string? serviceArn) => reference.StartsWith("arn:", StringComparison.Ordinal) || !Arn.TryParse(serviceArn, out var arn)
        ? reference
        : string.Format(CultureInfo.InvariantCulture, "arn:{0}:ssm:{1}:{2}:parameter/{3}", arn.Partition, arn.Region, arn.AccountId, reference.TrimStart('/'));

    /// <summary>Whether a runtime uses the revised build, which copies only the source directory into the running image.</summary>
    public static bool IsRevisedBuild(string? runtime) => runtime is Runtime.Python311 or Runtime.NodeJs18 or Runtime.NodeJs22;

    /// <summary>The tool by which a build command installs packages outside of the source directory, such as pip; null if it does not, as far as the command shows.</summary>
    public static string? InstalledOutsideSource(string command)
    {
        // Installs into the source directory: a virtual environment or an explicit target.
        if (Regex.IsMatch(command, "venv|virtualenv|VIRTUALENVS_IN_PROJECT|\\s(?:-t|--target|--prefix|--root)[\\s=]", RegexOptions.CultureInvariant))
            return null;
        var tool = Regex.Match(command, "(?:^|[\\s;&|('\"])(?:(pip)[0-9.]*|(?:python[0-9.]*\\s+-m\\s+)(pip)|(pipenv)|(poetry)|(uv)\\s+pip|(yum)|(dnf)|(microdnf)|(apt)(?:-get)?|(apk)|(gem))\\s(?:\\S+\\s+)*?(?:install|sync|add)\\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
        if (tool.Success)
            return tool.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value;
        return Regex.IsMatch(command, "(?:^|[\\s;&|('\"])npm\\s(?=.*\\s(?:-g|--global)(?:\\s|$))(?:\\S+\\s+)*?(?:install|i|add)\\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2)) ? "npm" : null;
    }
}

/// <summary>Lengths of a string map's keys and values, in characters. Its messages contain no keys and values: both are sensitive.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MapAttribute : RuleAttribute
{
    /// <summary>Stands in exported definitions for a value that was left out (Export-ARService -NoValue).</summary>
    public const string LeftOutValue = "<left out by Export-ARService -NoValue>";

    // CloudFormation's dynamic references and pseudo parameters, and expressions of GitHub Actions, that were left in a value.
    private static readonly Regex Template = new("\\{\\{\\s*resolve:|\\$\\{AWS::|\\$\\{\\{", RegexOptions.CultureInvariant);

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

    /// <summary>Where references to secrets belong, for messages.</summary>
    public string SecretsMember { get; set; } = "RuntimeEnvironmentSecrets (EnvironmentSecret)";

    /// <summary>Whether each value must refer to a secret or parameter: an ARN, or the name of a parameter.</summary>
    public bool ValuesAreReferences { get; set; }

    /// <summary>Whether a value has the form of a reference to a secret or parameter.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True for ARNs of Secrets Manager and SSM, and for valid parameter names.</returns>
    public static bool IsReference(string value)
    {
        if (value.StartsWith("arn:", StringComparison.Ordinal))
            return Arn.TrySplit(value, out var arn) && arn is { Service: "secretsmanager", ResourceType: "secret" } or { Service: "ssm", ResourceType: "parameter" } && arn.Malformation is null;
        foreach (var c in value)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '/' or '.' or '-' or '_'))
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
            var name = RunSettingRules.IsVariableName(pair.Key) ? pair.Key : string.Empty;
            foreach (var (message, severity) in Check(pair.Key, pair.Value))
                yield return new RuleViolation(message, severity, name);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> CheckReference(object value)
    {
        // Cmdlets only: App Runner would take it as a value.
        foreach (var name in value is IDictionary<string, string> map ? map.Where(pair => pair.Value == LeftOutValue).Select(pair => pair.Key) : [])
            yield return new RuleViolation("has no value: Export-ARService -NoValue left it out. Give the value", Entry: RunSettingRules.IsVariableName(name) ? name : string.Empty);
        foreach (var violation in Check(value))
            yield return violation;
    }

    private IEnumerable<(string Message, ProblemSeverity Severity)> Check(string name, string? value)
    {
        if (name.Length is 0 || name.Length > KeyMaximum)
            yield return ($"has a name of {name.Length} characters, but must have 1 to {KeyMaximum}", ProblemSeverity.Error);
        if (value is null)
            yield return ("has an entry without a value", ProblemSeverity.Error);
        else if (value.Length < ValueMinimum || value.Length > ValueMaximum)
            yield return ($"has a value of {value.Length} characters, but must have {ValueMinimum} to {ValueMaximum}", ProblemSeverity.Error);
        else if (ValuesAreReferences && !IsReference(value))
            yield return ("has a value that is neither a Secrets Manager ARN, an SSM parameter ARN nor a parameter name; put plain values in RuntimeEnvironmentVariables", ProblemSeverity.Error);
        else if (!ValuesAreReferences && Template.Match(value) is { Success: true } template)
            yield return ($"has a value with {template.Value}…, which App Runner does not resolve; for a secret or parameter use {SecretsMember}", ProblemSeverity.Warning);
        if (WarnOfReservedKeys && name.StartsWith("AWSAPPRUNNER", StringComparison.OrdinalIgnoreCase))
            yield return ("has a name that begins with AWSAPPRUNNER, which is reserved by App Runner", ProblemSeverity.Warning);
    }
}

/// <summary>The environment of a program, in the settings of image and of code services.</summary>
internal interface IRunSettings
{
    /// <summary>The port.</summary>
    string? Port { get; set; }

    /// <summary>Names and values.</summary>
    Dictionary<string, string>? RuntimeEnvironmentVariables { get; set; }

    /// <summary>Names and ARNs.</summary>
    Dictionary<string, string>? RuntimeEnvironmentSecrets { get; set; }
}
