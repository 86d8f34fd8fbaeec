using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace AppRunner.Client.Settings;

/// <summary>The encrypted profile store of AWS Tools for PowerShell and the AWS Toolkit for Visual Studio, which exists on Windows only.</summary>
/// <param name="find">Finds a profile by its name; null if there is none.</param>
/// <param name="list">Lists the profiles.</param>
internal sealed class WindowsProfileStore(Func<string, CredentialProfile?> find, Func<IEnumerable<CredentialProfile>> list)
{
    /// <summary>The names of the profiles.</summary>
    public IEnumerable<string> Names => list().Select(profile => profile.Name);

    /// <summary>The store of this computer; empty on other systems.</summary>
    /// <returns>The store.</returns>
    public static WindowsProfileStore OfSystem()
    {
        if (Environment.OSVersion.Platform != PlatformID.Win32NT)
            return new WindowsProfileStore(_ => null, () => []);
        var file = new NetSDKCredentialsFile();
        return new WindowsProfileStore(name => file.TryGetProfile(name, out var profile) ? profile : null, file.ListProfiles);
    }

    /// <summary>The credentials of a profile.</summary>
    /// <param name="name">The profile's name.</param>
    /// <returns>The credentials; null if there is no such profile.</returns>
    /// <exception cref="LookupException">They cannot be created.</exception>
    public AWSCredentials? CredentialsOf(string name) =>
        find(name) is { } profile ? LookupException.Guard(() => profile.GetAWSCredentials(profile.CredentialProfileStore as ICredentialProfileSource)) : null;

    /// <summary>The region of a profile.</summary>
    /// <param name="name">The profile's name.</param>
    /// <returns>The region's system name; null if the profile has none, or if there is no such profile.</returns>
    public string? RegionOf(string name) => find(name)?.Region?.SystemName;
}
