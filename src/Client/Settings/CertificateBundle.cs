using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using AppRunner.Model;
#if NETFRAMEWORK
using System.Linq;
using System.Net.Security;
#endif

namespace AppRunner.Client.Settings;

/// <summary>The certificates of AWS_CA_BUNDLE. They replace the trusted root certificates of the system.</summary>
internal sealed class CertificateBundle
{
    // The same code for both editions: .NET Framework cannot read PEM files with several certificates.
    private static readonly Regex Pem = new("-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]+)-----END", RegexOptions.CultureInvariant);

    private readonly X509Certificate2Collection certificates = [];

    private CertificateBundle(string text)
    {
        foreach (Match match in Pem.Matches(text))
            certificates.Add(new X509Certificate2(Convert.FromBase64String(match.Groups[1].Value)));
    }

    /// <summary>Reads the file of AWS_CA_BUNDLE, else of ca_bundle in the profile.</summary>
    /// <param name="profiles">The profile.</param>
    /// <returns>The certificates; null if neither is set.</returns>
    /// <exception cref="InvalidParameterException">The file is missing, cannot be read, or has no certificates.</exception>
    public static CertificateBundle? Read(ProfileLookup profiles)
    {
        var (setting, source) = FileSetting(profiles);
        if (setting is null)
            return null;
        var path = ProfileFiles.ExpandHome(setting);
        try
        {
            var bundle = new CertificateBundle(File.ReadAllText(path));
            return bundle.certificates.Count > 0 ? bundle : throw Invalid("which has no certificate in PEM format");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Invalid("which does not exist", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Invalid("which cannot be read", exception);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw Invalid("which has a damaged certificate", exception);
        }

        InvalidParameterException Invalid(string what, Exception? cause = null) => new($"{source} names the file {EnvironmentText.Quote(path)}, {what}.", cause);
    }

    /// <summary>The setting of the file, which is not read.</summary>
    /// <param name="profiles">The profile.</param>
    /// <returns>The path, null if it is absent, and where it comes from.</returns>
    public static (string? Value, string Source) FileSetting(ProfileLookup profiles) => profiles.Setting("AWS_CA_BUNDLE", "ca_bundle");

#if NETFRAMEWORK
    /// <summary>Whether the certificate of a server is signed by a certificate of the bundle. .NET Framework has no setting for it.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="received">The chain with the certificates that the server sent.</param>
    /// <param name="errors">What the system found. It also checks the chain, against its own root certificates.</param>
    /// <returns>Whether to continue.</returns>
    public bool IsTrusted(X509Certificate2 certificate, X509Chain received, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        foreach (X509ChainElement element in received.ChainElements)
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate) && IsRoot(chain.ChainElements[chain.ChainElements.Count - 1].Certificate);
    }

    private bool IsRoot(X509Certificate2 certificate) => certificates.Cast<X509Certificate2>().Any(root => root.RawData.SequenceEqual(certificate.RawData));
#else
    /// <summary>The policy that trusts the certificates of the bundle, and no others.</summary>
    /// <returns>The policy.</returns>
    public X509ChainPolicy ChainPolicy()
    {
        // As without a bundle, certificates are not checked for revocation.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(certificates);
        policy.ExtraStore.AddRange(certificates);
        return policy;
    }
#endif
}
