using System;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.SourceFile;

/// <summary>The keys of the format by section, and what an unknown key probably means.</summary>
internal static class KeyHints
{
    /// <summary>Every key of the format. The brackets stand for an entry of a list.</summary>
    public static readonly (string Section, string[] Keys)[] Sections =
    [
        (string.Empty, ["version", "runtime", "build", "run"]),
        ("run", ["runtime-version", "pre-run", "command", "network", "env", "secrets"]),
        ("run.network", ["port", "env"]),
        ("run.env[]", ["name", "value"]),
        ("run.secrets[]", ["name", "value-from"]),
        ("build", ["commands", "env"]),
        ("build.commands", ["pre-build", "build", "post-build"]),
        ("build.env[]", ["name", "value"]),
    ];

    // Other names for the keys, without separators and in lower case: terms of App Runner's API, other platforms' files and shells.
    private static readonly (string Key, string[] Names)[] Synonyms =
    [
        ("command", ["startcommand", "start", "startup", "startupcommand", "cmd", "runcommand", "entrypoint", "exec", "script"]),
        ("env", ["environment", "environments", "environmentvariables", "environmentvariable", "envvars", "envvar", "envs", "vars", "variables", "runtimeenvironmentvariables"]),
        ("build", ["buildcommand", "buildcommands", "compile"]),
        ("pre-build", ["prebuild", "prebuildcommand", "prebuildcommands", "beforebuild", "install"]),
        ("post-build", ["postbuild", "postbuildcommand", "postbuildcommands", "afterbuild"]),
        ("pre-run", ["prerun", "preruncommand", "preruncommands", "beforerun", "prestart"]),
        ("commands", ["steps", "phases", "scripts"]),
        ("port", ["containerport", "targetport", "ports", "listen", "listenport"]),
        ("runtime-version", ["version", "runtimeversion", "pythonversion", "nodeversion", "javaversion", "goversion", "languageversion"]),
        ("runtime", ["language", "platform", "runtimename"]),
        ("secrets", ["secret", "secretvariables", "runtimeenvironmentsecrets", "environmentsecrets"]),
        ("name", ["key", "variable", "variablename"]),
        ("value", ["val", "text"]),
        ("value-from", ["valuefrom", "from", "arn", "secretarn", "valuefromarn"]),
    ];

    // Settings of the service that other platforms have in their files.
    private static readonly (string Member, string[] Names)[] OfService =
    [
        ("HealthCheckConfiguration", ["healthcheck", "healthchecks", "healthcheckconfiguration", "healthcheckpath", "health", "readiness", "liveness"]),
        ("InstanceConfiguration", ["cpu", "memory", "instance", "instanceconfiguration", "instancerole", "instancerolearn", "resources", "size"]),
        ("AutoScalingConfigurationArn", ["scaling", "autoscaling", "autoscalingconfiguration", "minsize", "maxsize", "maxconcurrency", "replicas", "instances"]),
        ("NetworkConfiguration", ["vpc", "vpcconnector", "networkconfiguration", "ingress", "egress"]),
        ("SourceConfiguration", ["branch", "repository", "source", "sourcedirectory", "image", "autodeploy", "autodeployments"]),
        ("ServiceName", ["servicename", "service"]),
        ("Tags", ["tags", "tag"]),
    ];

    /// <summary>Whether a word is a key of the format.</summary>
    /// <param name="word">The word.</param>
    /// <returns>True for a key of any section.</returns>
    public static bool IsKey(string word) => Array.Exists(Sections, section => section.Keys.Contains(word));

    /// <summary>The message for an unknown key, and the key of the section that is probably meant, or whose place it takes.</summary>
    /// <param name="key">The key as written.</param>
    /// <param name="section">The section that it is in.</param>
    /// <param name="known">The section's keys.</param>
    /// <returns>The message; the key that need not be reported as missing, or null.</returns>
    public static (string Message, string? Meant) For(string key, string section, string[] known)
    {
        if (key == "<<")
            return ("is a YAML merge key, which the format does not support; write the keys out.", null);
        var isTooLong = key.Length > 100;
        var word = isTooLong ? string.Empty : new string([.. key.Where(char.IsLetterOrDigit)]).ToLowerInvariant();

        // The section's own keys first: by meaning, then by spelling. In env, value-from stands for value, and the reverse in secrets.
        var byMeaning = known.FirstOrDefault(other => Simple(other) == word) ?? Array.Find(Synonyms, synonym => known.Contains(synonym.Key) && synonym.Names.Contains(word)).Key;
        if (byMeaning is null && Others(section, key) is { Length: > 0 } homes)
            return ($"is not a key of this section. It belongs {homes}.", key is "value" or "value-from" ? known.FirstOrDefault(other => other is "value" or "value-from") : null);

        var meant = byMeaning ?? Suggestions.Nearest(key, known);
        if (meant is not null)
            return ($"is not a known key.{Suggestions.Question(meant)}", meant);
        if (Array.Find(OfService, setting => setting.Names.Contains(word)).Member is { } member)
            return ($"is not a known key. It is set on the service ({member}), not in apprunner.yaml.", null);
        var elsewhere = Array.Find(Synonyms, synonym => synonym.Names.Contains(word)).Key
            ?? Suggestions.Nearest(key, Sections.Where(other => other.Section.IndexOf('[') < 0).SelectMany(other => other.Keys).Distinct());
        return elsewhere is not null && Others(section, elsewhere) is { Length: > 0 } place
            ? ($"is not a known key.{Suggestions.Question(elsewhere)} It belongs {place}.", null)
            : ($"is not a known key. Known keys: {string.Join(", ", known)}.", null);
    }

    // Where a key belongs; only the variables of the run are meant by keys of entries.
    private static string Others(string section, string key)
    {
        var places = Sections.Where(other => other.Keys.Contains(key) && other.Section != section
            && (other.Section.IndexOf('[') < 0 ? key != "env" || other.Section != "run.network" : section.IndexOf('[') >= 0 && other.Section.StartsWith("run.", StringComparison.Ordinal)))
            .Select(other => other.Section.Length == 0 ? "to the top level" : $"into \"{other.Section.Replace("[]", string.Empty)}\"").ToArray();
        return string.Join(" or ", places);
    }

    private static string Simple(string key) => key.Replace("-", string.Empty);
}
