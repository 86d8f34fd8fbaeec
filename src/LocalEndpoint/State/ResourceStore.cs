using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// What a region holds of one kind. A class derived from it, with a constructor that takes the region, is all that a new kind takes:
/// <see cref="Region"/> finds it. Other kinds are reached by <see cref="Region.Store"/>, but not in the constructor.
/// </summary>
/// <param name="region">The region.</param>
internal abstract class ResourceStore(Region region)
{
    /// <summary>The region; the caller of anything here must hold its <see cref="Region.Lock"/>.</summary>
    protected Region Region { get; } = region;

    /// <summary>Brings it up to the time. Costs what has ended since the last call, whatever else there is.</summary>
    public virtual void AdvanceClock(DateTime now)
    {
    }

    /// <summary>What can have tags under a whole ARN: a resource that is not deleted; null where this kind has none.</summary>
    public virtual StoredResource? TryFindTagged(string arn) => null;
}

/// <summary>Resources of one kind by ARN and in the order of their creation, and for a while what is left of deleted ones.</summary>
/// <typeparam name="T">The resources.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind as a message begins with it, such as <c>Service</c>.</param>
internal abstract class ResourceStore<T>(Region region, string kind) : ResourceStore(region)
    where T : StoredResource
{
    private const int MostDeleted = 10_000;
    private static readonly TimeSpan DeletedStays = TimeSpan.FromHours(1);

    private readonly Dictionary<string, T> byArn = new(StringComparer.Ordinal);
    private readonly Queue<T> deleted = new();
    private long nextSequence = 1;

    /// <summary>Those that are not deleted, in the order of their creation.</summary>
    public SequenceList<T> Live { get; } = new();

    /// <summary>The kind as a message begins with it.</summary>
    protected string Kind { get; } = kind;

    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        while (deleted.TryPeek(out var item) && (deleted.Count > MostDeleted || item.DeletedAt + DeletedStays <= now))
            Forget(deleted.Dequeue());
    }

    /// <summary>The resource of an ARN; also one that is deleted, for a while.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    public T Find(string arn) => TryFind(arn) ?? throw NotFound(arn);

    /// <summary>The resource of an ARN which is not deleted.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    public T FindLive(string arn) => TryFindLive(arn) ?? throw NotFound(arn);

    /// <summary>The resource of an ARN; also one that is deleted, for a while. Null where there is none.</summary>
    public virtual T? TryFind(string arn) => byArn.GetValueOrDefault(arn);

    /// <summary>The resource of an ARN which is not deleted; null where there is none.</summary>
    public T? TryFindLive(string arn) => TryFind(arn) is { DeletedAt: null } item ? item : null;

    /// <inheritdoc/>
    public override StoredResource? TryFindTagged(string arn) => byArn.GetValueOrDefault(arn) is { DeletedAt: null } item ? item : null;

    /// <summary>Refuses one more than a quota allows; deleted ones do not count.</summary>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    public void RequireRoom(int quota) => RequireRoom(Live.Count, quota, "the account holds");

    /// <summary>Refuses one more than a quota allows.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="quota">How many there may be.</param>
    /// <param name="who">Whose quota it is, with a verb; the number follows.</param>
    /// <param name="what">What is counted, where it is not the kind itself.</param>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    protected void RequireRoom(int count, int quota, string who, string what = "")
    {
        if (count >= quota)
            throw new ServiceQuotaExceededException($"{Kind} quota reached: {who} {count}{what} in {Region.Name}, and {quota} are allowed. Delete one, or ask for a higher quota.");
    }

    /// <summary>Adds a new one.</summary>
    protected virtual void Add(T item)
    {
        item.Sequence = nextSequence++;
        byArn.Add(item.Arn, item);
        Live.Add(item);
    }

    /// <summary>Deletes one; it can be found by its ARN for a while.</summary>
    /// <param name="item">The resource.</param>
    /// <param name="at">When it was deleted.</param>
    protected virtual void Remove(T item, DateTime at)
    {
        item.DeletedAt = at;
        Live.Remove(item);
        deleted.Enqueue(item);
    }

    /// <summary>Drops what is left of a deleted one.</summary>
    protected virtual void Forget(T item) => byArn.Remove(item.Arn);

    private ResourceNotFoundException NotFound(string arn) => new($"{Kind} with the provided ARN could not be found: {arn}");
}

/// <summary>Resources of a kind in which a name belongs to one at a time; a deleted one's name is free.</summary>
/// <typeparam name="T">The resources.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind as a message begins with it, such as <c>Service</c>.</param>
internal abstract class NamedStore<T>(Region region, string kind) : ResourceStore<T>(region, kind)
    where T : StoredResource
{
    private readonly Dictionary<string, T> byName = new(StringComparer.Ordinal);

    /// <summary>The one that has a name and is not deleted; null where there is none.</summary>
    public T? FindByName(string name) => byName.GetValueOrDefault(name);

    /// <summary>Those that are not deleted, in the order of their creation.</summary>
    /// <param name="name">Their name; null or empty for all names.</param>
    public SequenceList<T> Select(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return Live;
        var only = new SequenceList<T>();
        if (FindByName(name) is { } found)
            only.Add(found);
        return only;
    }

    /// <summary>Refuses a name that is taken.</summary>
    /// <exception cref="InvalidRequestException">It is taken.</exception>
    public void RequireFree(string name)
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
