using System;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.Module.Tests.Contract;

/// <summary>The dependencies between the namespaces of an assembly, and their cycles.</summary>
internal sealed class NamespaceArrows
{
    // For each namespace the namespaces that it uses, with the uses: "Type1 uses Type2".
    private readonly SortedDictionary<string, SortedDictionary<string, string[]>> arrows = new(StringComparer.Ordinal);

    private NamespaceArrows(IEnumerable<(string User, string Used)> uses, Func<string, string> groupOf)
    {
        foreach (var arrow in uses.GroupBy(use => (From: groupOf(NamespaceOf(use.User)), To: groupOf(NamespaceOf(use.Used)))).Where(arrow => arrow.Key.From != arrow.Key.To))
        {
            var used = arrows.TryGetValue(arrow.Key.From, out var known) ? known : arrows[arrow.Key.From] = new(StringComparer.Ordinal);
            used[arrow.Key.To] = [.. arrow.Select(use => $"{ShortName(use.User)} uses {ShortName(use.Used)}").Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Between all namespaces of an assembly.</summary>
    public static NamespaceArrows Of(StagedCode code) => new(code.Uses(), space => space);

    /// <summary>Between the top-level folders of a project, including their subfolders: the names in the architecture diagram.</summary>
    public static NamespaceArrows OfTopLevel(StagedCode code) => OfTopLevel(code.Uses(), code.Name);

    /// <summary>The same for given uses.</summary>
    public static NamespaceArrows OfTopLevel(IEnumerable<(string User, string Used)> uses, string root) =>
        new(uses, space => space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : space);

    /// <summary>A line for each namespace that uses others, before the namespaces that it uses.</summary>
    public IEnumerable<string> Lines() => arrows.OrderByDescending(arrow => PathsFrom(arrow.Key).Count).ThenBy(arrow => arrow.Key, StringComparer.Ordinal)
        .Select(arrow => $"{arrow.Key} -> {string.Join(", ", arrow.Value.Keys)}");

    /// <summary>Each set of namespaces that depend on each other: its shortest cycle, and all its dependencies.</summary>
    public IEnumerable<string> Cycles()
    {
        var reached = arrows.Keys.ToDictionary(from => from, from => PathsFrom(from));
        var left = arrows.Keys.Where(from => reached[from].ContainsKey(from)).ToList();
        while (left.Count > 0)
        {
            var knot = left.Where(other => other == left[0] || (reached[left[0]].ContainsKey(other) && reached[other].ContainsKey(left[0]))).ToArray();
            left.RemoveAll(knot.Contains);
            var shortest = knot.Select(from => reached[from][from]).MinBy(path => path.Length)!;
            var steps = shortest.Zip(shortest.Skip(1), (from, to) => $" -> {to} ({arrows[from][to][0]})");
            var all = knot.SelectMany(from => arrows[from].Where(to => knot.Contains(to.Key)).Select(to => $"  {from} -> {to.Key}: {string.Join("; ", to.Value.Take(5))}{(to.Value.Length > 5 ? $"; and {to.Value.Length - 5} more" : null)}"));
            yield return $"{shortest[0]}{string.Concat(steps)}\n{knot.Length} namespaces reach each other:\n{string.Join("\n", all)}\n";
        }
    }

    private static string NamespaceOf(string type) => type[..type.LastIndexOf('.')];

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..].Split('`')[0];

    // The shortest path to each reachable namespace, including the start.
    private Dictionary<string, string[]> PathsFrom(string start)
    {
        var paths = new Dictionary<string, string[]>();
        var open = new Queue<string[]>([[start]]);
        while (open.TryDequeue(out var path))
        {
            foreach (var to in arrows.TryGetValue(path[^1], out var used) ? used.Keys.ToArray() : [])
            {
                if (paths.TryAdd(to, [.. path, to]))
                    open.Enqueue([.. path, to]);
            }
        }

        return paths;
    }
}
