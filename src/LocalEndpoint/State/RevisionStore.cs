using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// Resources of a kind in which a name has revisions. An ARN that ends with the name means the latest active one, one that ends
/// with the revision that active one; a deleted one is found by its whole ARN only.
/// </summary>
/// <typeparam name="T">The revisions.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind as a message begins with it, such as <c>Observability configuration</c>.</param>
/// <param name="nameQuota">Names that one region may hold.</param>
/// <param name="revisionQuota">Active revisions that one name may have.</param>
internal abstract class RevisionStore<T>(Region region, string kind, int nameQuota, int revisionQuota) : ResourceStore<T>(region, kind)
    where T : StoredRevision
{
    private readonly Dictionary<string, SequenceList<T>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> byPartialArn = new(StringComparer.Ordinal);
    private readonly SequenceList<T> latest = new();

    /// <inheritdoc/>
    public override T? TryFind(string arn) => base.TryFind(arn) ?? byPartialArn.GetValueOrDefault(arn);

    /// <summary>The active revisions of a name, oldest first; empty where there are none.</summary>
    public SequenceList<T> Revisions(string name) => byName.GetValueOrDefault(name) ?? new SequenceList<T>();

    /// <summary>Active revisions in the order of their creation.</summary>
    /// <param name="name">Their name; null or empty for all names.</param>
    /// <param name="latestOnly">Whether each name gives its latest one only.</param>
    public SequenceList<T> Select(string? name, bool latestOnly)
    {
        if (string.IsNullOrEmpty(name))
            return latestOnly ? latest : Live;
        var revisions = Revisions(name);
        if (!latestOnly || revisions.Last is not { } last)
            return revisions;
        var only = new SequenceList<T>();
        only.Add(last);
        return only;
    }

    /// <summary>The number of a name's next revision. One number belongs to one active revision; deleted ones do not count.</summary>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    protected int NextRevision(string name)
    {
        var revisions = Revisions(name);
        if (revisions.Count == 0)
            RequireRoom(byName.Count, nameQuota, "the account holds", " names");
        RequireRoom(revisions.Count, revisionQuota, $"{name} has", " active revisions");
        return (revisions.Last?.Revision ?? 0) + 1;
    }

    /// <inheritdoc/>
    protected override void Add(T item)
    {
        base.Add(item);
        if (!byName.TryGetValue(item.Name, out var revisions))
            byName.Add(item.Name, revisions = new SequenceList<T>());
        MoveLatest(revisions.Last, item);
        revisions.Add(item);
        byPartialArn.Add(UpToRevision(item), item);
    }

    /// <inheritdoc/>
    protected override void Remove(T item, DateTime at)
    {
        base.Remove(item, at);
        byPartialArn.Remove(UpToRevision(item));
        var revisions = byName[item.Name];
        revisions.Remove(item);
        if (item.Latest)
            MoveLatest(item, revisions.Last);
        if (revisions.Count == 0)
            byName.Remove(item.Name);
    }

    private static string UpToRevision(T item) => item.Arn[..item.Arn.LastIndexOf('/')];

    private static string UpToName(T item)
    {
        var arn = UpToRevision(item);
        return arn[..arn.LastIndexOf('/')];
    }

    private void MoveLatest(T? from, T? to)
    {
        if (from is not null)
        {
            from.Latest = false;
            latest.Remove(from);
            byPartialArn.Remove(UpToName(from));
        }

        if (to is not null)
        {
            to.Latest = true;
            latest.Add(to);
            byPartialArn.Add(UpToName(to), to);
        }
    }
}

/// <summary>One revision of a configuration: never changed, only followed by the next one.</summary>
internal abstract class StoredRevision : SharedResource
{
    /// <inheritdoc/>
    protected StoredRevision(Region region, string type, string name, int revision, DateTime now, IReadOnlyList<Tag>? tags, string? id = null)
        : base(region, type, name, now, tags, revision, id) => Revision = revision;

    /// <summary>Its number, from 1.</summary>
    public int Revision { get; }

    /// <summary>Whether it is the newest active one of its name; the store sets it.</summary>
    public bool Latest { get; set; }
}
