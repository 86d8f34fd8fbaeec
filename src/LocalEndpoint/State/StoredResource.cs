using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A resource with an ARN. Guarded by the lock of its region.</summary>
internal abstract class StoredResource : ISequenced
{
    /// <summary>Creates a resource.</summary>
    /// <param name="region">The region.</param>
    /// <param name="type">The resource type in the ARN, such as <c>service</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="revision">The revision in the ARN; null for kinds without revisions.</param>
    /// <param name="id">The id (32 hexadecimal digits); null for a random one.</param>
    protected StoredResource(Region region, string type, string name, DateTime now, IReadOnlyList<Tag>? tags, int? revision = null, string? id = null)
    {
        Name = name;
        Id = id ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
        Arn = region.ArnOf(revision is null ? $"{type}/{name}/{Id}" : string.Create(CultureInfo.InvariantCulture, $"{type}/{name}/{revision}/{Id}"));
        CreatedAt = now;
        Tags = tags ?? [];
    }

    /// <summary>Its position in creation order; set by the store.</summary>
    public long Sequence { get; set; }

    public string Name { get; }

    public string Id { get; }

    public string Arn { get; }

    public DateTime CreatedAt { get; }

    /// <summary>When it was deleted; set by the store.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>The tags in the order in which they were added. The list is replaced, never modified, so that responses can share it.</summary>
    public IReadOnlyList<Tag> Tags { get; set; }
}

/// <summary>A resource that services can share.</summary>
internal abstract class SharedResource : StoredResource
{
    /// <inheritdoc/>
    protected SharedResource(Region region, string type, string name, DateTime now, IReadOnlyList<Tag>? tags, int? revision = null, string? id = null)
        : base(region, type, name, now, tags, revision, id)
    {
    }

    /// <summary>The services that use it, or would use it again after a rollback. Maintained by <see cref="ServiceStore"/>.</summary>
    public SequenceList<StoredService> Services { get; } = new();

    /// <summary>Rejects the deletion of a resource that a service uses.</summary>
    /// <exception cref="InvalidRequestException">A service uses the resource.</exception>
    public void RequireUnused()
    {
        if (Services.Count > 0)
            throw new InvalidRequestException($"{Arn} cannot be deleted, because {Services.Count} service{(Services.Count == 1 ? " uses" : "s use")} it.");
    }
}
