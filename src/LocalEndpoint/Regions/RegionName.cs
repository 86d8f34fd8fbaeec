using System;
using System.Linq;

namespace AppRunner.LocalEndpoint.Regions;

/// <summary>What a region's name tells.</summary>
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
