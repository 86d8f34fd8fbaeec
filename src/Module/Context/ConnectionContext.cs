using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Connections;
using AppRunner.Model;

namespace AppRunner.Context;

/// <summary>What the cmdlets of this runspace use: region, credentials, endpoint, limits, and where each of them comes from. Shows no secrets; in the session it keeps those of Set-ARContext.</summary>
public sealed class ConnectionContext
{
    private static readonly string[] Secrets = [nameof(Given.SecretKey), nameof(Given.SessionToken), "Credential"];

    /// <summary>The region of a call without -Region; null if there is none, or if only the EC2 metadata service can tell.</summary>
    public string? Region { get; internal set; }

    /// <summary>The profile that is read; null if there is none, or with a local endpoint.</summary>
    public string? ProfileName { get; internal set; }

    /// <summary>The access key id of Set-ARContext or of the local endpoint; null if there is none. The secret key is never shown.</summary>
    public string? AccessKey { get; internal set; }

    /// <summary>The credentials in words, such as <c>role arn:aws:iam::123456789012:role/deployer, by profile "base"</c>; null if there are none, or if only the EC2 metadata service can tell.</summary>
    public string? Credentials { get; internal set; }

    /// <summary>The account of the credentials; null if it is not known without a call.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>The endpoint URL that is used instead of the region's; null for the region's.</summary>
    public string? EndpointUrl { get; internal set; }

    /// <summary>Whether FIPS endpoints are used; null if nothing sets it.</summary>
    public bool? UseFipsEndpoint { get; internal set; }

    /// <summary>Whether dual-stack endpoints are used; null if nothing sets it.</summary>
    public bool? UseDualStackEndpoint { get; internal set; }

    /// <summary>The maximum time for one request with its retries.</summary>
    public TimeSpan RequestTimeout { get; internal set; }

    /// <summary>Whether requests are sent to the local endpoint of this session.</summary>
    public bool IsLocal { get; internal set; }

    /// <summary>The sources that are asked for credentials and region, in order of precedence.</summary>
    public string Source { get; internal set; } = string.Empty;

    /// <summary>All settings, each with its value and its source.</summary>
    public IReadOnlyList<ContextSetting> Settings { get; internal set; } = [];

    /// <summary>Why the next call fails, in the words of its error, or that the region is not known; empty if nothing is known to be wrong.</summary>
    public IReadOnlyList<string> Problems { get; internal set; } = [];

    /// <summary>The parameters with which Set-ARContext sets the same again, also from a file or a job. Secrets have no value.</summary>
    public IReadOnlyDictionary<string, object?> Defaults => ToParameters().ToDictionary(member => member.Key, member => Secrets.Contains(member.Key) ? null : member.Value);

    /// <summary>What Set-ARContext had set, with the keys, to set it again.</summary>
    internal ConnectionSettings Given { get; set; } = new();

    /// <summary>The members with which Set-ARContext sets the same again. What only shows where else a setting comes from is not among them.</summary>
    /// <returns>The members that Set-ARContext had set.</returns>
    internal IReadOnlyDictionary<string, object?> ToParameters()
    {
        var members = new Dictionary<string, object?>();
        Add(nameof(Given.Region), Given.Region);
        Add(nameof(Given.RequestTimeout), Given.RequestTimeout);
        Add(nameof(Given.UseFipsEndpoint), Given.UseFipsEndpoint);
        Add(nameof(Given.UseDualStackEndpoint), Given.UseDualStackEndpoint);
        if (IsLocal)
            return members;
        Add(nameof(Given.EndpointUrl), Given.EndpointUrl);
        Add(nameof(Given.ProfileName), Given.ProfileName);
        Add(nameof(Given.AccessKey), Given.AccessKey);
        Add(nameof(Given.SecretKey), Given.SecretKey);
        Add(nameof(Given.SessionToken), Given.SessionToken);
        Add("Credential", Given.KeySource is { } source ? new AwsKeys(source) : null);
        return members;

        void Add(string name, object? value)
        {
            if (value is not null)
                members[name] = value;
        }
    }
}
