using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>One region's world: a store for each kind of resource. The caller of anything here must hold <see cref="Lock"/>.</summary>
internal sealed class Region
{
    private static readonly Type[] StoreTypes = typeof(ResourceStore).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ResourceStore))).ToArray();

    private readonly Dictionary<Type, ResourceStore> stores;

    /// <summary>Makes the world.</summary>
    /// <param name="name">The region's name.</param>
    /// <param name="endpoint">What all regions share.</param>
    public Region(string name, EndpointState endpoint)
    {
        Name = name;
        Endpoint = endpoint;
        Runner = endpoint.RunnerOf(this);
        stores = StoreTypes.ToDictionary(type => type, type => (ResourceStore)Activator.CreateInstance(type, this)!);
    }

    /// <summary>The caller must hold it to read or change anything here.</summary>
    public object Lock { get; } = new();

    /// <summary>The region's name.</summary>
    public string Name { get; }

    /// <summary>What all regions share.</summary>
    public EndpointState Endpoint { get; }

    /// <summary>What does the work of the services' operations.</summary>
    public IServiceRunner Runner { get; }

    /// <summary>The store of a kind.</summary>
    /// <typeparam name="TStore">The store's class.</typeparam>
    public TStore Store<TStore>()
        where TStore : ResourceStore => (TStore)stores[typeof(TStore)];

    /// <summary>Brings everything up to the time. Costs what has ended since the last call, whatever else there is.</summary>
    public void AdvanceClock(DateTime now)
    {
        foreach (var store in stores.Values)
            store.AdvanceClock(now);
    }

    /// <summary>What can have tags under a whole ARN: a resource of whatever kind which is not deleted.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    public StoredResource FindTagged(string arn) =>
        stores.Values.Select(store => store.TryFindTagged(arn)).FirstOrDefault(found => found is not null)
        ?? throw new ResourceNotFoundException($"Resource with the provided ARN could not be found: {arn}");

    /// <summary>A host name that no resource has yet.</summary>
    public string NewHostName() => $"{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10)}.{Name}.awsapprunner.com";

    /// <summary>The ARN of a resource of this region.</summary>
    /// <param name="resource">Such as <c>service/web/ID</c>.</param>
    public string ArnOf(string resource) => ArnOf("apprunner", resource);

    /// <summary>The ARN of a log group of this region.</summary>
    /// <param name="name">Its name.</param>
    public string LogArnOf(string name) => ArnOf("logs", "log-group:" + name);

    private string ArnOf(string service, string resource) => $"arn:{RegionName.PartitionOf(Name)}:{service}:{Name}:{Endpoint.AccountId}:{resource}";
}

/// <summary>Validation of region names, and the partitions that they lie in.</summary>
internal static class RegionName
{
    private static readonly (string Prefix, string Partition)[] Partitions =
        [("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-isob-", "aws-iso-b"), ("us-isof-", "aws-iso-f"), ("eu-isoe-", "aws-iso-e"), ("us-iso-", "aws-iso"), ("eusc-", "aws-eusc")];

    /// <summary>Whether it has the form of a region's name; which ones exist is not judged.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The partition that it lies in.</summary>
    public static string PartitionOf(string name) =>
        Array.Find(Partitions, pair => name.StartsWith(pair.Prefix, StringComparison.Ordinal)).Partition ?? "aws";
}
