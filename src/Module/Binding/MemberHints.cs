using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// What to say about a member that does not exist: where it belongs, or which one was probably meant. Never leads from plain values to
/// secrets: the service would refuse them, or they would be sent to the wrong place.
/// </summary>
internal static class MemberHints
{
    // A list of more names is not read; the help has them all.
    private const int MaxListed = 12;

    // What people call a member, and its name. The first is meant more often.
    private static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Env"] = ["EnvironmentVariable", "RuntimeEnvironmentVariables", "EnvironmentSecret", "RuntimeEnvironmentSecrets"],
        ["EnvVars"] = ["EnvironmentVariable", "RuntimeEnvironmentVariables"],
        ["Environment"] = ["EnvironmentVariable", "RuntimeEnvironmentVariables", "EnvironmentSecret", "RuntimeEnvironmentSecrets"],
        ["Variables"] = ["EnvironmentVariable", "RuntimeEnvironmentVariables"],
        ["Secret"] = ["EnvironmentSecret", "RuntimeEnvironmentSecrets"],
        ["Secrets"] = ["EnvironmentSecret", "RuntimeEnvironmentSecrets"],
        ["Image"] = ["ImageIdentifier"],
        ["Img"] = ["ImageIdentifier"],
        ["ImageUri"] = ["ImageIdentifier"],
        ["ImageUrl"] = ["ImageIdentifier"],
        ["ImageName"] = ["ImageIdentifier"],
        ["ContainerImage"] = ["ImageIdentifier"],
        ["Command"] = ["StartCommand"],
        ["Cmd"] = ["StartCommand"],
        ["EntryPoint"] = ["StartCommand"],
        ["Run"] = ["StartCommand"],
        ["Build"] = ["BuildCommand"],
        ["Repo"] = ["RepositoryUrl"],
        ["Url"] = ["RepositoryUrl"],
        ["GitUrl"] = ["RepositoryUrl"],
        ["Directory"] = ["SourceDirectory"],
        ["Ports"] = ["Port"],
        ["ContainerPort"] = ["Port"],
        ["Role"] = ["InstanceRoleArn", "AccessRoleArn"],
        ["RoleArn"] = ["InstanceRoleArn", "AccessRoleArn"],
        ["TaskRole"] = ["InstanceRoleArn"],
        ["TaskRoleArn"] = ["InstanceRoleArn"],
        ["ExecutionRole"] = ["AccessRoleArn"],
        ["ExecutionRoleArn"] = ["AccessRoleArn"],
        ["Vcpu"] = ["Cpu"],
        ["Ram"] = ["Memory"],
        ["Mem"] = ["Memory"],
        ["Health"] = ["HealthCheckConfiguration"],
        ["Probe"] = ["HealthCheckConfiguration"],
        ["HealthCheckPath"] = ["Path"],
        ["Scaling"] = ["AutoScalingConfigurationArn"],
        ["Vpc"] = ["VpcConnectorArn"],
        ["Kms"] = ["KmsKey"],
        ["KmsKeyArn"] = ["KmsKey"],
        ["KmsKeyId"] = ["KmsKey"],
        ["Tracing"] = ["ObservabilityConfiguration"],
        ["Public"] = ["IsPubliclyAccessible"],
        ["Instance"] = ["InstanceConfiguration"],
        ["InstanceSize"] = ["InstanceConfiguration"],
        ["Labels"] = ["Tag", "Tags"],
        ["Source"] = ["SourceConfiguration"],
    };

    // Words that people shorten, and what they add to say that it is about containers.
    private static readonly Dictionary<string, string> FullForms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Cfg"] = "Configuration",
        ["Cmd"] = "Command",
        ["Conf"] = "Configuration",
        ["Config"] = "Configuration",
        ["Container"] = string.Empty,
        ["Dir"] = "Directory",
        ["Docker"] = string.Empty,
        ["Env"] = "Environment",
        ["Img"] = "Image",
        ["Repo"] = "Repository",
        ["Var"] = "Variable",
        ["Vars"] = "Variables",
    };

    private static readonly Regex Word = new("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // Parameters of the cmdlets that are not settings of a service.
    private static readonly string[] ConnectionParameters = ["Region", "ProfileName", "EndpointUrl", "Wait"];

    // Names that say nothing about where they belong.
    private static readonly string[] Vague = ["Key", "Value", "Type"];

    // Words that people append to a name.
    private static readonly string[] Suffixes = ["Settings", "Setting", "Configuration", "Config", "Options", "Map", "List", "Name"];

    // Members of a resource of its own.
    private static readonly string[] ScalingMembers = ["MinSize", "MaxSize", "MaxConcurrency"];

    private static readonly ConcurrentDictionary<Type, Dictionary<string, List<string>>> PlacesByRoot = new();

    /// <summary>The message for an unknown member, without its path.</summary>
    /// <param name="given">The name as written.</param>
    /// <param name="shape">The type of the object that has it.</param>
    /// <param name="root">The type of the whole input.</param>
    /// <returns>A predicate of the member.</returns>
    public static string UnknownMember(string given, Type shape, Type root)
    {
        var word = WithoutSeparators(given);
        var here = MembersByName.Of(shape);
        if (here.TryGetValue(word, out var same))
            return Meant([same.Name]);
        var places = PlacesByRoot.GetOrAdd(root, PlacesIn);
        if (PlaceOf(word, places) is { } place)
            return $"is not a known member here. It belongs {place}.";

        if (ConnectionParameters.Contains(word, StringComparer.OrdinalIgnoreCase))
            return $"is not a member of a definition. Use the parameter -{ConnectionParameters.First(name => name.Equals(word, StringComparison.OrdinalIgnoreCase))}.";
        var synonyms = SynonymsOf(word);
        var full = InFull(given);
        if (full != word)
        {
            if (here.TryGetValue(full, out var meantHere))
                return Meant([meantHere.Name]);
            if (PlaceOf(full, places) is { } placeInFull)
                return Meant([places.Keys.First(name => name.Equals(full, StringComparison.OrdinalIgnoreCase))]) + $" It belongs {placeInFull}.";
            if (synonyms.Length == 0)
                synonyms = SynonymsOf(full);
        }

        if (synonyms.Where(here.ContainsKey).Select(name => here[name].Name).Distinct().ToArray() is { Length: > 0 } meant)
            return Meant(meant);
        var known = here.Values.Select(member => member.Name).Distinct().ToArray();
        if (Nearest(word, known) is { Length: > 0 } near)
            return Meant(near);
        if (MembersByName.Of(root).ContainsKey(word))
            return "is not a known member here. It belongs to the top level of the definition.";
        if (synonyms.FirstOrDefault(places.ContainsKey) is { } synonym)
            return Meant([synonym]) + $" It belongs {PlaceOf(synonym, places)}.";
        if (ScalingMembers.Contains(word, StringComparer.OrdinalIgnoreCase))
            return "is not a known member. It is set with New-ARAutoScalingConfiguration, whose result is given as AutoScalingConfigurationArn.";
        if (Nearest(word, places.Keys) is [var other, ..])
            return Meant([other]) + $" It belongs {PlaceOf(other, places)}.";
        return known.Length <= MaxListed
            ? "is not a known member. The known members are " + string.Join(", ", known) + "."
            : "is not a known member. See about_ARServiceDefinition for those that are.";
    }

    // BuildCmd means BuildCommand, and DockerImage the image.
    private static string InFull(string given) => given.Length > 100 ? given : string.Concat(Word.Matches(given).Cast<Match>().Select(match => FullForms.TryGetValue(match.Value, out var full) ? full : match.Value));

    // EnvironmentSettings means what Environment means.
    private static string[] SynonymsOf(string word)
    {
        if (Synonyms.TryGetValue(word, out var names))
            return names;
        var suffix = Suffixes.FirstOrDefault(one => word.EndsWith(one, StringComparison.OrdinalIgnoreCase));
        return suffix is not null && Synonyms.TryGetValue(word.Substring(0, word.Length - suffix.Length), out names) ? names : [];
    }

    // The parents of each member, in the whole definition of a service if the input is a part of one. Short names of the definition are
    // no answer to where a member of the API belongs.
    private static Dictionary<string, List<string>> PlacesIn(Type root)
    {
        var places = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        var shapes = new HashSet<Type>();
        Collect(typeof(CreateServiceRequest), string.Empty, places, shapes);
        if (shapes.Contains(root) || MembersByName.Of(root).ContainsKey(nameof(SourceConfiguration)))
            return places;
        places.Clear();
        Collect(root, string.Empty, places, shapes);
        return places;
    }

    private static void Collect(Type shape, string path, Dictionary<string, List<string>> places, HashSet<Type> shapes)
    {
        shapes.Add(shape);
        foreach (var member in RequestRules.WireMembers(shape).Where(member => !Vague.Contains(member.Name)))
        {
            if (!places.TryGetValue(member.Name, out var parents))
                places.Add(member.Name, parents = []);
            parents.Add(path);
            if (RequestRules.IsShape(member.PropertyType))
                Collect(member.PropertyType, path.Length == 0 ? member.Name : path + "." + member.Name, places, shapes);
        }
    }

    private static string? PlaceOf(string name, Dictionary<string, List<string>> places) => places.TryGetValue(name, out var parents)
        ? string.Join(" or ", parents.Select(parent => parent.Length == 0 ? "to the top level of the definition" : "into " + parent))
        : null;

    /// <summary>The message for an unknown member of an object whose members are the parameters of a cmdlet, without its path.</summary>
    /// <param name="given">The name as written.</param>
    /// <param name="known">The names of the known members, by name and alias.</param>
    /// <returns>A predicate of the member.</returns>
    public static string UnknownMember(string given, IReadOnlyDictionary<string, string> known)
    {
        var word = WithoutSeparators(given);
        var meant = known.ContainsKey(word) ? [word] : SynonymsOf(word).Where(known.ContainsKey).ToArray() is { Length: > 0 } synonyms ? synonyms : Nearest(word, known.Keys);
        return meant.Length > 0
            ? Meant(meant.Select(name => known[name]).Distinct().ToArray())
            : "is not a known member. The known members are " + string.Join(", ", known.Values.Distinct().Take(MaxListed)) + ".";
    }

    private static string WithoutSeparators(string given) => given.Length > 100 ? given : new string(given.Where(c => c is not ('-' or '_' or ' ' or '.')).ToArray());

    private static string Meant(IReadOnlyList<string> names) => $"is not a known member. Did you mean {string.Join(" or ", names.Take(2).Select(name => $"\"{name}\""))}?";

    // One name, or two that are equally near.
    private static string[] Nearest(string word, IEnumerable<string> candidates)
    {
        var all = candidates.ToArray();
        var near = Suggestions.Near(word, all)
            .Concat(all.Where(name => name.Length >= 4 && word.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Select(name => (Candidate: name, Distance: word.Length)))
            .Where(found => !IsSecret(found.Candidate) || IsSecret(word) || found.Distance <= 2)
            .ToArray();
        if (near.Length == 0)
            return [];
        var best = near.Where(found => found.Distance == near[0].Distance).Select(found => found.Candidate).ToArray();
        return best.Length <= 2 ? best : [];
    }

    private static bool IsSecret(string name) => name.IndexOf("Secret", StringComparison.OrdinalIgnoreCase) >= 0;
}
