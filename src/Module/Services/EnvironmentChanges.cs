using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>
/// Changes of single environment variables and secrets, for an update: the API can only replace the whole maps. The members are parameters
/// of Update-ARService, and members of a hashtable or row with changes.
/// </summary>
internal sealed class EnvironmentChanges
{
    public Dictionary<string, string>? SetEnvironmentVariable { get; set; }

    public List<string>? RemoveEnvironmentVariable { get; set; }

    public Dictionary<string, string>? SetEnvironmentSecret { get; set; }

    public List<string>? RemoveEnvironmentSecret { get; set; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => (SetEnvironmentVariable ?? RemoveEnvironmentVariable ?? SetEnvironmentSecret ?? (object?)RemoveEnvironmentSecret) is null;

    /// <summary>Takes the members of this class out of a hashtable or row.</summary>
    /// <param name="members">The members.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The changes.</returns>
    public static EnvironmentChanges Take(List<KeyValuePair<string, object?>> members, ICollection<Problem> problems)
    {
        var own = members.Where(member => MembersByName.Of(typeof(EnvironmentChanges)).ContainsKey(member.Key)).ToArray();
        members.RemoveAll(own.Contains);
        return (EnvironmentChanges)new ObjectBinder(problems).Bind(own, typeof(EnvironmentChanges), string.Empty)!;
    }

    /// <summary>The problems of the changes together with the parameters and members that replace a whole map.</summary>
    /// <param name="variables">What replaces all variables, given beside the changes; null if nothing does.</param>
    /// <param name="secrets">What replaces all secrets; null if nothing does.</param>
    /// <returns>The problems.</returns>
    public IEnumerable<Problem> Conflicts(string? variables, string? secrets) =>
    [
        .. Conflicts(nameof(ServiceDefinition.EnvironmentVariable), variables, SetEnvironmentVariable, RemoveEnvironmentVariable),
        .. Conflicts(nameof(ServiceDefinition.EnvironmentSecret), secrets, SetEnvironmentSecret, RemoveEnvironmentSecret),
    ];

    /// <summary>Changes the maps of a source.</summary>
    /// <param name="settings">The settings of the program, with the maps before the changes.</param>
    /// <param name="problems">Receives the problems.</param>
    public void Apply(IRunSettings settings, ICollection<Problem> problems)
    {
        settings.RuntimeEnvironmentVariables = Changed(settings.RuntimeEnvironmentVariables, SetEnvironmentVariable, RemoveEnvironmentVariable, "environment variable", problems);
        settings.RuntimeEnvironmentSecrets = Changed(settings.RuntimeEnvironmentSecrets, SetEnvironmentSecret, RemoveEnvironmentSecret, "environment secret", problems);
        RefuseTaken(nameof(SetEnvironmentVariable), settings.RuntimeEnvironmentVariables, SetEnvironmentVariable, settings.RuntimeEnvironmentSecrets, "a secret", nameof(RemoveEnvironmentSecret), problems);
        RefuseTaken(nameof(SetEnvironmentSecret), settings.RuntimeEnvironmentSecrets, SetEnvironmentSecret, settings.RuntimeEnvironmentVariables, "a variable", nameof(RemoveEnvironmentVariable), problems);
    }

    private static IEnumerable<Problem> Conflicts(string member, string? whole, Dictionary<string, string>? set, List<string>? removed)
    {
        if (whole is not null && (set ?? (object?)removed) is not null)
            yield return new Problem((set is null ? "Remove" : "Set") + member, $"cannot be used together with {whole}, which replaces all of them.");
        foreach (var name in (removed ?? []).Where(name => set?.ContainsKey(name) == true))
            yield return new Problem("Remove" + member, $"\"{name}\" is also in Set{member}.");
    }

    private static Dictionary<string, string>? Changed(Dictionary<string, string>? before, Dictionary<string, string>? set, List<string>? removed, string noun, ICollection<Problem> problems)
    {
        if ((set ?? (object?)removed) is null)
            return before;
        var after = new Dictionary<string, string>(before ?? [], StringComparer.Ordinal);
        foreach (var name in removed ?? [])
        {
            if (after.Remove(name))
                continue;
            problems.Add(new Problem(
                string.Empty, $"The service has no {noun} \"{name}\".{Suggestions.Question(Suggestions.Nearest(name, after.Keys.OrderBy(key => key, StringComparer.Ordinal)))}", ProblemSeverity.Warning));
        }

        foreach (var pair in set ?? [])
            after[pair.Key] = pair.Value;
        return after;
    }

    // A name is a variable or a secret. It is taken out again, so that the rules of the request do not report it once more, without the name.
    private static void RefuseTaken(
        string member, Dictionary<string, string>? map, Dictionary<string, string>? set, Dictionary<string, string>? others, string what, string remedy, ICollection<Problem> problems)
    {
        foreach (var name in (set ?? []).Keys.Where(name => others?.ContainsKey(name) == true))
        {
            map!.Remove(name);
            problems.Add(new Problem(member, $"\"{name}\" is {what} of the service. Remove it in the same command: -{remedy} {name}"));
        }
    }
}
