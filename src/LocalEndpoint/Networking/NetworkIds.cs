using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Networking;

/// <summary>IDs of Amazon VPC's resources. What has the right form is taken for existing.</summary>
internal static class NetworkIds
{
    public const string Vpc = "vpc";
    public const string VpcEndpoint = "vpce";
    public const string Subnet = "subnet";
    public const string SecurityGroup = "sg";

    /// <summary>Refuses what cannot be an ID of a kind.</summary>
    /// <param name="member">Where it stands in the request.</param>
    /// <param name="kind">The kind, which the ID begins with.</param>
    /// <param name="id">The ID; null counts as missing.</param>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static void Require(string member, string kind, string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw new InvalidRequestException($"{member} is required.");
        var digits = id.StartsWith(kind + "-", StringComparison.Ordinal) ? id[(kind.Length + 1)..] : string.Empty;
        if (digits.Length is not (8 or 17) || !digits.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f'))
            throw new InvalidRequestException($"{member} must be an ID such as {kind}-0123456789abcdef0: {id}");
    }

    /// <summary>Refuses a list that holds what cannot be an ID of a kind, or one ID twice.</summary>
    /// <param name="member">Where it stands in the request.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ids">The IDs.</param>
    /// <exception cref="InvalidRequestException">It holds such a thing.</exception>
    public static void RequireEach(string member, string kind, IReadOnlyCollection<string> ids)
    {
        foreach (var id in ids)
            Require(member, kind, id);
        if (ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidRequestException($"{member} holds an ID twice: {twice.Key}");
    }
}
