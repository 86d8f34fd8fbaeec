using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>
/// What AWS's tools for PowerShell keep for a session in variables: credentials by Set-AWSCredential, a region by Set-DefaultAWSRegion, both
/// by Initialize-AWSDefaultConfiguration. They come after everything that this module was told, and before the environment, as they do there.
/// </summary>
internal sealed class AwsToolsVariables
{
    private const string CredentialName = "$StoredAWSCredentials";
    private const string RegionName = "$StoredAWSRegion";

    private readonly object? credential;
    private readonly object? region;
    private readonly AwsKeys? keys;

    /// <summary>Reads the variables as the caller sees them. On the pipeline's thread.</summary>
    /// <param name="variables">The variables of the caller's session state.</param>
    public AwsToolsVariables(PSVariableIntrinsics variables)
    {
        credential = Plain(variables.GetValue(CredentialName.TrimStart('$')));
        region = Plain(variables.GetValue(RegionName.TrimStart('$')));
        keys = credential is string ? null : CredentialTransformationAttribute.Of(credential, CredentialSource);
    }

    /// <summary>The region; null where none is kept.</summary>
    /// <exception cref="NoRegionException">The variable holds something else.</exception>
    public string? Region => region switch
    {
        null => null,
        string name => name,
        _ => RegionOf(region) ?? throw new NoRegionException($"{RegionName} holds {Kind(region)}, not a region's name such as eu-west-1.")
        {
            RecommendedAction = "Set it again with Set-DefaultAWSRegion, or give -Region or Set-ARContext -Region, which come before it.",
        },
    };

    /// <summary>Where it comes from, without secrets; null where nothing is.</summary>
    public string? Source => (credential, region) switch
    {
        (null, null) => null,
        (null, _) => $"AWS.Tools ({RegionName})",
        (_, null) => $"AWS.Tools ({CredentialSource})",
        _ => $"AWS.Tools ({CredentialSource}, {RegionName})",
    };

    /// <summary>The region for people: what is kept, whatever it is.</summary>
    public string? ShownRegion => region as string ?? (region is null ? null : RegionOf(region));

    private string CredentialSource => CredentialName + (credential switch
    {
        string profile => $" \"{profile}\"",
        not null when TryUnwrap(credential, out _) => $" \"{credential}\"",
        _ => string.Empty,
    });

    /// <summary>Some settings without an identity, with the one that is kept here.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>New settings; the same where none is kept.</returns>
    /// <exception cref="NoCredentialException">The variable holds something else.</exception>
    public ConnectionSettings Over(ConnectionSettings settings)
    {
        if (credential is null)
            return settings;
        if (credential is string profile)
            return settings with { ProfileName = profile };
        return keys is null || keys.Problem is not null
            ? throw new NoCredentialException($"{CredentialName} holds {Kind(credential)}, which gives no keys.")
            {
                RecommendedAction = "Set it again in this session with Set-AWSCredential, remove it with Clear-AWSCredential, or choose an identity with Set-ARContext, which comes before it.",
            }
            : new GivenIdentity(null, null, null, null, keys).Over(settings);
    }

    /// <summary>Opens the wrapper in which AWS's tools keep credentials with their name. What is in it is not public there; nothing else leads to it.</summary>
    /// <param name="value">Any object.</param>
    /// <param name="credentials">What is in it.</param>
    /// <returns>Whether it is that wrapper.</returns>
    public static bool TryUnwrap(object value, out object? credentials)
    {
        var property = value.GetType() is { Name: "AWSPSCredentials" } type
            ? type.GetProperty("Credentials", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            : null;
        credentials = property?.GetValue(value);
        return property is not null;
    }

    private static object? Plain(object? value) => ((value as PSObject)?.BaseObject ?? value) switch
    {
        string text when string.IsNullOrWhiteSpace(text) => null,
        PSCustomObject => value,
        var plain => plain,
    };

    // An AWSRegion of AWS's tools.
    private static string? RegionOf(object value) => value.GetType().GetProperty("Region")?.GetValue(value) as string;

    // Of a value that came from another process, the name of its type says so.
    private static string Kind(object value) => "an object of type " + ((value as PSObject)?.TypeNames.FirstOrDefault() ?? value.GetType().FullName);
}
