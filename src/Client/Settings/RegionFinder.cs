using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Util;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>
/// Finds the region of a connection: -Region, AWS_REGION, AWS_DEFAULT_REGION, the profile's region, the EC2 metadata service, in this order.
/// The region of an ARN, of Set-ARContext and of a local endpoint override them; the caller passes them as the given region.
/// </summary>
internal static class RegionFinder
{
    // The metadata service is local and responds at once. Outside EC2 there is no response, so the limit is short.
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(2);

    /// <summary>Finds the region.</summary>
    /// <param name="given">The given region.</param>
    /// <param name="profiles">The profile.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The region's system name.</returns>
    /// <exception cref="NoRegionException">No region was found.</exception>
    /// <exception cref="InvalidParameterException">It is not a valid region name.</exception>
    public static async Task<string> FindAsync(string? given, ProfileLookup profiles, IClock clock, CancellationToken cancellationToken)
    {
        if (Configured(given, profiles) is { } configured)
            return configured.Region;
        return await FromInstanceMetadataAsync(clock, cancellationToken).ConfigureAwait(false) is { } fromInstance
            ? Checked(fromInstance, "The region of the EC2 metadata service")
            : throw NotFound(profiles);
    }

    /// <summary>The exception for a region that no setting has.</summary>
    /// <param name="profiles">The profile.</param>
    /// <returns>The exception.</returns>
    public static NoRegionException NotFound(ProfileLookup profiles) =>
        new($"No region was found: none was given, AWS_REGION and AWS_DEFAULT_REGION are not set, profile \"{profiles.Name}\" in {profiles.Files.ConfigPath} "
            + (EC2InstanceMetadata.IsIMDSEnabled ? "has none, and the EC2 metadata service returns none." : "has none, and the EC2 metadata service is disabled."))
        {
            RecommendedAction = "Use -Region, set a session default with Set-ARContext -Region, set AWS_REGION, or add a region to the profile with 'aws configure'.",
        };

    /// <summary>The region of the settings, without the EC2 metadata service. Makes no call.</summary>
    /// <param name="given">The given region.</param>
    /// <param name="profiles">The profile.</param>
    /// <returns>The region's system name and the setting that has it; null if there is none.</returns>
    /// <exception cref="InvalidParameterException">It is not a valid region name.</exception>
    public static (string Region, string Source)? Configured(string? given, ProfileLookup profiles)
    {
        if (EnvironmentText.OrNull(given) is { } region)
            return (Checked(region, "Region"), ContextSetting.Given);
        foreach (var variable in new[] { "AWS_REGION", "AWS_DEFAULT_REGION" })
        {
            if (EnvironmentText.Variable(variable) is { } fromVariable)
                return (Checked(fromVariable, variable), variable);
        }

        var source = $"region of profile \"{profiles.Name}\"";
        return profiles.Region is { } fromProfile ? (Checked(fromProfile, source), source) : null;
    }

    /// <summary>Whether a text can be the name of a region. It becomes a part of host names and signatures.</summary>
    /// <param name="region">The text.</param>
    /// <returns>False if it cannot.</returns>
    public static bool IsRegionName(string region) => region.Length is > 0 and <= 63 && region[0] != '-'
        && region.All(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-');

    private static async Task<string?> FromInstanceMetadataAsync(IClock clock, CancellationToken cancellationToken)
    {
        if (!EC2InstanceMetadata.IsIMDSEnabled)
            return null;
#if NET
        // In Windows PowerShell other modules share this setting of the SDK.
        EC2InstanceMetadata.Proxy = NoProxy.Instance;
#endif
        try
        {
            return await BoundedLookup.RunAsync(
                () => Task.FromResult(LookupException.Guard(() => EC2InstanceMetadata.Region?.SystemName)), MetadataLimit, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (LookupException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Checked(string region, string source) => IsRegionName(region)
        ? region.ToLowerInvariant()
        : throw new InvalidParameterException($"{source} is {EnvironmentText.Quote(region)}, which is not a valid region name. Example: eu-west-1.");
}
