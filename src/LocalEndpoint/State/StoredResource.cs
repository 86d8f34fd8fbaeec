using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A resource with an ARN, of whatever kind. Guarded by its region's lock.</summary>
internal abstract class StoredResource : ISequenced
{
    /// <summary>Makes it, with an id of its own.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="type">The first word of the ARN's resource part, such as <c>service</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="revision">The revision that its ARN names; null where the kind has none.</param>
    /// <param name="id">Its 32 hexadecimal digits; null for random ones.</param>
    protected StoredResource(Region region, string type, string name, DateTime now, IReadOnlyList<Tag>? tags, int? revision = null, string? id = null)
    {
        Name = name;
        Id = id ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
        Arn = region.ArnOf(revision is null ? $"{type}/{name}/{Id}" : string.Create(CultureInfo.InvariantCulture, $"{type}/{name}/{revision}/{Id}"));
        CreatedAt = now;
        Tags = tags ?? [];
    }

    /// <summary>Its place in the order of creation; the store gives it.</summary>
    public long Sequence { get; set; }

    public string Name { get; }

    public string Id { get; }

    public string Arn { get; }

    public DateTime CreatedAt { get; }

    /// <summary>When it was deleted; the store sets it.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Its tags in the order in which they came. Replaced as a whole, so that a response can hold them.</summary>
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

    /// <summary>The services that use it, or that will again if their running operation is rolled back. <see cref="ServiceStore"/> keeps it.</summary>
    public SequenceList<StoredService> Services { get; } = new();

    /// <summary>Refuses to delete what a service uses.</summary>
    /// <exception cref="InvalidRequestException">A service uses it.</exception>
    public void RequireUnused()
    {
        if (Services.Count > 0)
            throw new InvalidRequestException($"{Arn} cannot be deleted, because {Services.Count} service{(Services.Count == 1 ? " uses" : "s use")} it.");
    }
}
