using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The state of one region: a store for each kind of resource. The caller of every member must hold <see cref="Lock"/>.</summary>
internal sealed class Region
{
    private static readonly Type[] StoreTypes = typeof(ResourceStore).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ResourceStore))).ToArray();

    private readonly Dictionary<Type, ResourceStore> stores;

    /// <summary>Creates the state.</summary>
    /// <param name="name">The region's name.</param>
    /// <param name="endpoint">The state that all regions share.</param>
    public Region(string name, EndpointState endpoint)
    {
        Name = name;
        Endpoint = endpoint;
        Runner = endpoint.RunnerOf(this);
        stores = StoreTypes.ToDictionary(type => type, type => (ResourceStore)Activator.CreateInstance(type, this)!);
    }

    /// <summary>The lock that guards the region.</summary>
    public object Lock { get; } = new();

    /// <summary>The region's name.</summary>
    public string Name { get; }

    /// <summary>The state that all regions share.</summary>
    public EndpointState Endpoint { get; }

    /// <summary>Runs the operations of services.</summary>
    public IServiceRunner Runner { get; }

    /// <summary>The store of one kind of resource.</summary>
    /// <typeparam name="TStore">The store's class.</typeparam>
    public TStore Store<TStore>()
        where TStore : ResourceStore => (TStore)stores[typeof(TStore)];

    /// <summary>Applies all changes that are due. The cost depends on the number of changes, not on the number of resources.</summary>
    public void AdvanceClock(DateTime now)
    {
        foreach (var store in stores.Values)
            store.AdvanceClock(now);
    }

    /// <summary>Finds a resource that can have tags, of any kind, by its full ARN. Deleted resources are not found.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such resource.</exception>
    public StoredResource FindTagged(string arn) =>
        stores.Values.Select(store => store.TryFindTagged(arn)).FirstOrDefault(found => found is not null)
        ?? throw new ResourceNotFoundException($"Resource with the provided ARN could not be found: {arn}");

    /// <summary>A random host name.</summary>
    public string NewHostName(string domain) => $"{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10)}.{Name}.{domain}";

    /// <summary>The ARN of a resource of this region.</summary>
    /// <param name="resource">Such as <c>service/web/ID</c>.</param>
    public string ArnOf(string resource) => ArnOf("apprunner", resource);

    /// <summary>The ARN of a log group of this region.</summary>
    /// <param name="name">Its name.</param>
    public string LogArnOf(string name) => ArnOf("logs", "log-group:" + name);

    private string ArnOf(string service, string resource) => $"arn:{RegionName.PartitionOf(Name)}:{service}:{Name}:{Endpoint.AccountId}:{resource}";
}

/// <summary>Validates region names and knows their partitions.</summary>
internal static class RegionName
{
    private static readonly (string Prefix, string Partition)[] Partitions =
        [("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-isob-", "aws-iso-b"), ("us-isof-", "aws-iso-f"), ("eu-isoe-", "aws-iso-e"), ("us-iso-", "aws-iso"), ("eusc-", "aws-eusc")];

    /// <summary>Whether it has the format of a region name; the region need not exist.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The partition of a region.</summary>
    public static string PartitionOf(string name) =>
        Array.Find(Partitions, pair => name.StartsWith(pair.Prefix, StringComparison.Ordinal)).Partition ?? "aws";
}
