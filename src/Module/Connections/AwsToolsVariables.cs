using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Inputs;
using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>
/// The session variables of AWS.Tools: credentials from Set-AWSCredential, a region from Set-DefaultAWSRegion, both from
/// Initialize-AWSDefaultConfiguration. This module's own settings take precedence; the variables take precedence over the environment, as in AWS.Tools.
/// </summary>
internal sealed class AwsToolsVariables
{
    /// <summary>The variable of the region.</summary>
    public const string RegionName = "$StoredAWSRegion";

    private const string CredentialName = "$StoredAWSCredentials";

    private readonly object? credential;
    private readonly object? region;
    private readonly AwsKeys? keys;

    /// <summary>Reads the variables in the caller's scope. Call it on the pipeline thread.</summary>
    /// <param name="variables">The variables of the caller's session state.</param>
    public AwsToolsVariables(PSVariableIntrinsics variables)
    {
        credential = Unwrap(variables.GetValue(CredentialName.TrimStart('$')));
        region = Unwrap(variables.GetValue(RegionName.TrimStart('$')));
        keys = credential is string ? null : CredentialTransformationAttribute.Of(credential, CredentialSource);
    }

    /// <summary>The region; null if it is not set.</summary>
    /// <exception cref="NoRegionException">The variable has another type of value.</exception>
    public string? Region => region switch
    {
        null => null,
        string name => name,
        _ => RegionOf(region) ?? throw new NoRegionException($"{RegionName} contains {DescribeType(region)}, not the name of a region such as eu-west-1.")
        {
            RecommendedAction = "Set it again with Set-DefaultAWSRegion, or use -Region or Set-ARContext -Region, which take precedence.",
        },
    };

    /// <summary>The variables that are set, without secrets; null if none is.</summary>
    public string? Source => (credential, region) switch
    {
        (null, null) => null,
        (null, _) => $"AWS.Tools ({RegionName})",
        (_, null) => $"AWS.Tools ({CredentialSource})",
        _ => $"AWS.Tools ({CredentialSource}, {RegionName})",
    };

    /// <summary>The variable of the credentials, with the name of what it contains.</summary>
    public string CredentialSource => CredentialName + (credential switch
    {
        string profile => $" \"{profile}\"",
        not null when TryUnwrap(credential, out _) => $" \"{credential}\"",
        _ => string.Empty,
    });

    /// <summary>Adds the credentials of the variable to settings without credentials.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>New settings; the same settings if the variable is not set.</returns>
    /// <exception cref="NoCredentialException">The variable has another type of value.</exception>
    public ConnectionSettings ApplyTo(ConnectionSettings settings)
    {
        if (credential is null)
            return settings;
        if (credential is string profile)
            return settings with { ProfileName = profile };
        return keys is null || keys.Problem is not null
            ? throw new NoCredentialException($"{CredentialName} contains {DescribeType(credential)}, which provides no keys.")
            {
                RecommendedAction = "Set it again in this session with Set-AWSCredential, remove it with Clear-AWSCredential, or choose credentials with Set-ARContext, which takes precedence.",
            }
            : new GivenIdentity(null, null, null, null, keys).ApplyTo(settings);
    }

    /// <summary>Gets the credentials from the wrapper type of AWS.Tools. Its property is not public, and there is no other way to read it.</summary>
    /// <param name="value">Any object.</param>
    /// <param name="credentials">The credentials in it.</param>
    /// <returns>Whether the object is that wrapper.</returns>
    public static bool TryUnwrap(object value, out object? credentials)
    {
        var property = value.GetType() is { Name: "AWSPSCredentials" } type
            ? type.GetProperty("Credentials", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            : null;
        credentials = property?.GetValue(value);
        return property is not null;
    }

    private static object? Unwrap(object? value) => InputValue.Unwrap(value) switch
    {
        string text when string.IsNullOrWhiteSpace(text) => null,
        PSCustomObject => value,
        var unwrapped => unwrapped,
    };

    // An AWSRegion object of AWS.Tools.
    private static string? RegionOf(object value) => value.GetType().GetProperty("Region")?.GetValue(value) as string;

    // A deserialized object has its original type name with a prefix in TypeNames.
    private static string DescribeType(object value) => "an object of type " + ((value as PSObject)?.TypeNames.FirstOrDefault() ?? value.GetType().FullName);
}
