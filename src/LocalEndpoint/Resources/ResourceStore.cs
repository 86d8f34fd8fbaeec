using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Resources;

/// <summary>
/// What a region holds of one kind. A class derived from it, with a constructor that takes the region, is all that a new kind takes:
/// <see cref="Region"/> finds it. Other kinds are reached by <see cref="Region.Store"/>, but not in the constructor.
/// </summary>
/// <param name="region">The region.</param>
internal abstract class ResourceStore(Region region)
{
    /// <summary>The region; whoever uses the store holds its <see cref="Region.Gate"/>.</summary>
    protected Region Region { get; } = region;

    /// <summary>Brings it up to the time. Costs what has ended since the last call, whatever else there is.</summary>
    public virtual void Settle(DateTime now)
    {
    }

    /// <summary>The resource of an ARN, which is not deleted; null where this kind has none.</summary>
    public virtual StoredResource? TryFindLive(string arn) => null;
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
    public override void Settle(DateTime now)
    {
        while (deleted.TryPeek(out var item) && (deleted.Count > MostDeleted || item.DeletedAt + DeletedStays <= now))
            byArn.Remove(deleted.Dequeue().Arn);
    }

    /// <summary>The resource of an ARN; also one that is deleted, for a while.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    public T Find(string arn) => TryFind(arn) ?? throw NotFound(arn);

    /// <summary>The resource of an ARN; also one that is deleted, for a while. Null where there is none.</summary>
    public T? TryFind(string arn) => byArn.GetValueOrDefault(arn);

    /// <inheritdoc/>
    public override StoredResource? TryFindLive(string arn) => TryFind(arn) is { DeletedAt: null } item ? item : null;

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

    /// <summary>That there is none of an ARN.</summary>
    protected ResourceNotFoundException NotFound(string arn) => new($"{Kind} with the provided ARN could not be found: {arn}");
}
