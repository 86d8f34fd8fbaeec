using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// The resources of one kind in a region. To add a kind, derive a class with a constructor that takes the region: <see cref="Region"/>
/// finds it. Use <see cref="Region.Store"/> to get other stores, but not in the constructor.
/// </summary>
/// <param name="region">The region.</param>
internal abstract class ResourceStore(Region region)
{
    /// <summary>The region; the caller of every member must hold its <see cref="Region.Lock"/>.</summary>
    protected Region Region { get; } = region;

    /// <summary>Applies all changes that are due.</summary>
    public virtual void AdvanceClock(DateTime now)
    {
    }

    /// <summary>Finds a resource that can have tags by its full ARN. Null if there is none, or it is deleted.</summary>
    public virtual StoredResource? TryFindTagged(string arn) => null;
}

/// <summary>Resources of one kind, by ARN and in creation order. Deleted ones are kept for an hour.</summary>
/// <typeparam name="T">The resources.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind, for messages, such as <c>Service</c>.</param>
internal abstract class ResourceStore<T>(Region region, string kind) : ResourceStore(region)
    where T : StoredResource
{
    private const int MaxDeleted = 10_000;
    private static readonly TimeSpan DeletedRetention = TimeSpan.FromHours(1);

    private readonly Dictionary<string, T> byArn = new(StringComparer.Ordinal);
    private readonly Queue<T> deleted = new();
    private long nextSequence = 1;

    /// <summary>The resources that are not deleted, in creation order.</summary>
    public SequenceList<T> Live { get; } = new();

    /// <summary>The kind, for messages.</summary>
    protected string Kind { get; } = kind;

    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        while (deleted.TryPeek(out var item) && (deleted.Count > MaxDeleted || item.DeletedAt + DeletedRetention <= now))
            Forget(deleted.Dequeue());
    }

    /// <summary>Finds a resource by ARN, including deleted ones.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such resource.</exception>
    public T Find(string arn) => TryFind(arn) ?? throw NotFound(arn);

    /// <summary>Finds a resource that is not deleted.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such resource.</exception>
    public T FindLive(string arn) => TryFindLive(arn) ?? throw NotFound(arn);

    /// <summary>Finds a resource by ARN, including deleted ones. Null if there is none.</summary>
    public virtual T? TryFind(string arn) => byArn.GetValueOrDefault(arn);

    /// <summary>Finds a resource that is not deleted; null if there is none.</summary>
    public T? TryFindLive(string arn) => TryFind(arn) is { DeletedAt: null } item ? item : null;

    /// <inheritdoc/>
    public override StoredResource? TryFindTagged(string arn) => byArn.GetValueOrDefault(arn) is { DeletedAt: null } item ? item : null;

    /// <summary>Rejects a new resource if the quota is reached; deleted ones do not count.</summary>
    /// <exception cref="ServiceQuotaExceededException">The quota is reached.</exception>
    public void RequireQuota(int quota) => RequireQuota(Live.Count, quota, "the account holds");

    /// <summary>Rejects a new resource if the quota is reached.</summary>
    /// <param name="count">The current number.</param>
    /// <param name="quota">The quota.</param>
    /// <param name="who">The owner of the quota, with a verb, for the message.</param>
    /// <param name="what">What is counted, if not the kind itself.</param>
    /// <exception cref="ServiceQuotaExceededException">The quota is reached.</exception>
    protected void RequireQuota(int count, int quota, string who, string what = "")
    {
        if (count >= quota)
            throw new ServiceQuotaExceededException($"{Kind} quota reached: {who} {count}{what} in {Region.Name}, and {quota} are allowed. Delete one, or request a quota increase.");
    }

    /// <summary>Adds a resource.</summary>
    protected virtual void Add(T item)
    {
        item.Sequence = nextSequence++;
        byArn.Add(item.Arn, item);
        Live.Add(item);
    }

    /// <summary>Deletes a resource; it can be found by its ARN for another hour.</summary>
    /// <param name="item">The resource.</param>
    /// <param name="at">When it was deleted.</param>
    protected virtual void Remove(T item, DateTime at)
    {
        item.DeletedAt = at;
        Live.Remove(item);
        deleted.Enqueue(item);
    }

    /// <summary>Removes a deleted resource from the store: from now on its ARN is not found.</summary>
    protected virtual void Forget(T item) => byArn.Remove(item.Arn);

    private ResourceNotFoundException NotFound(string arn) => new($"{Kind} with the provided ARN could not be found: {arn}");
}

/// <summary>Resources with unique names. The name of a deleted resource can be reused.</summary>
/// <typeparam name="T">The resources.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind, for messages, such as <c>Service</c>.</param>
internal abstract class NamedStore<T>(Region region, string kind) : ResourceStore<T>(region, kind)
    where T : StoredResource
{
    private readonly Dictionary<string, T> byName = new(StringComparer.Ordinal);

    /// <summary>Finds a resource by name; null if there is none.</summary>
    public T? FindByName(string name) => byName.GetValueOrDefault(name);

    /// <summary>The resources that are not deleted, in creation order.</summary>
    /// <param name="name">The name; null or empty for all.</param>
    public SequenceList<T> Select(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return Live;
        var only = new SequenceList<T>();
        if (FindByName(name) is { } found)
            only.Add(found);
        return only;
    }

    /// <summary>Rejects a name that is already used.</summary>
    /// <exception cref="InvalidRequestException">The name is already used.</exception>
    public void RequireUniqueName(string name)
    {
        if (byName.ContainsKey(name))
            throw new InvalidRequestException($"{Kind} with the provided name already exists: {name}.");
    }

    /// <inheritdoc/>
    protected override void Add(T item)
    {
        byName.Add(item.Name, item);
        base.Add(item);
    }

    /// <inheritdoc/>
    protected override void Remove(T item, DateTime at)
    {
        byName.Remove(item.Name);
        base.Remove(item, at);
    }
}
