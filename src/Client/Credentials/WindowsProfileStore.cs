using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace AppRunner.Client.Credentials;

/// <summary>The encrypted store that AWS's tools for PowerShell and Visual Studio keep profiles in; on Windows only.</summary>
internal static class WindowsProfileStore
{
    private static bool IsThere => Environment.OSVersion.Platform == PlatformID.Win32NT;

    public static AWSCredentials? Find(string name)
    {
        if (!IsThere)
            return null;
        var store = new NetSDKCredentialsFile();
        return store.TryGetProfile(name, out var profile) ? profile.GetAWSCredentials(store) : null;
    }

    public static IEnumerable<string> Names() => IsThere ? new NetSDKCredentialsFile().ListProfiles().Select(profile => profile.Name) : [];
}
