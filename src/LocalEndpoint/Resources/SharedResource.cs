using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Resources;

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
