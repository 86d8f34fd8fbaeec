using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// Resources with revisions. A partial ARN that ends with the name finds the latest active revision; one that ends with the revision
/// number finds that revision. A deleted revision is found by its full ARN only.
/// </summary>
/// <typeparam name="T">The revisions.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind, for messages, such as <c>Observability configuration</c>.</param>
/// <param name="nameQuota">The maximum number of names in a region.</param>
/// <param name="revisionQuota">The maximum number of active revisions of a name.</param>
internal abstract class RevisionStore<T>(Region region, string kind, int nameQuota, int revisionQuota) : ResourceStore<T>(region, kind)
    where T : StoredRevision
{
    private readonly Dictionary<string, SequenceList<T>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> byPartialArn = new(StringComparer.Ordinal);
    private readonly SequenceList<T> latest = new();

    /// <inheritdoc/>
    public override T? TryFind(string arn) => base.TryFind(arn) ?? byPartialArn.GetValueOrDefault(arn);

    /// <summary>The active revisions of a name, oldest first.</summary>
    public SequenceList<T> Revisions(string name) => byName.GetValueOrDefault(name) ?? new SequenceList<T>();

    /// <summary>Selects active revisions, in creation order.</summary>
    /// <param name="name">The name; null or empty for all.</param>
    /// <param name="latestOnly">Whether to select only the latest revision of each name.</param>
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

    /// <summary>The number of a name's next revision. The numbers of deleted revisions can be reused.</summary>
    /// <exception cref="ServiceQuotaExceededException">A quota is reached.</exception>
    protected int NextRevision(string name)
    {
        var revisions = Revisions(name);
        if (revisions.Count == 0)
            RequireQuota(byName.Count, nameQuota, "the account holds", " names");
        RequireQuota(revisions.Count, revisionQuota, $"{name} has", " active revisions");
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

/// <summary>One revision of a configuration. Revisions are immutable.</summary>
internal abstract class StoredRevision : SharedResource
{
    /// <inheritdoc/>
    protected StoredRevision(Region region, string type, string name, int revision, DateTime now, IReadOnlyList<Tag>? tags, string? id = null)
        : base(region, type, name, now, tags, revision, id) => Revision = revision;

    /// <summary>The revision number, from 1.</summary>
    public int Revision { get; }

    /// <summary>Whether it is the latest active revision of its name; set by the store.</summary>
    public bool Latest { get; set; }
}
