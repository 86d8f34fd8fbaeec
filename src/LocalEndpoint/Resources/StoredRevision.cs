using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Resources;

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
