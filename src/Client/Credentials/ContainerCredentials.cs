using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Credentials from the endpoint of a container (Amazon ECS, Amazon EKS). The SDK's class sends its requests, with their token, through the
/// proxy of the system.
/// </summary>
internal sealed class ContainerCredentials : RefreshingAWSCredentials
{
    public const string RelativeUri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    public const string FullUri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    private const int MaxAttempts = 4;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // Elsewhere the token would be sent without encryption.
    private static readonly string[] HostsForHttp = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

    private readonly CertificateBundle? roots;
    private readonly Uri endpoint;

    /// <summary>Creates the credentials. Sends nothing.</summary>
    /// <param name="roots">The only trusted root certificates; null for those of the system.</param>
    /// <exception cref="LookupException">The variables have no valid address.</exception>
    public ContainerCredentials(CertificateBundle? roots)
    {
        this.roots = roots;
        endpoint = FindEndpoint();
        PreemptExpiryTime = TimeSpan.FromMinutes(15);
    }

    /// <summary>Whether the variables of a container are set.</summary>
    public static bool IsConfigured => EnvironmentText.Variable(RelativeUri) is not null || EnvironmentText.Variable(FullUri) is not null;

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var client = new HttpClient(HttpHandlers.Create(endpoint, roots, Timeout)) { Timeout = Timeout };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RequestAsync(client, BoundedLookup.Abandoned).ConfigureAwait(false);
            }
            catch (LookupException) when (attempt < MaxAttempts)
            {
                await Task.Delay(RetryDelay, BoundedLookup.Abandoned).ConfigureAwait(false);
            }
        }
    }

    private static Uri FindEndpoint()
    {
        if (EnvironmentText.Variable(RelativeUri) is { } path)
            return new Uri("http://169.254.170.2/" + path.TrimStart('/'));
        if (EnvironmentText.Variable(FullUri) is not { } url)
            throw new LookupException($"Neither {RelativeUri} nor {FullUri} is set.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new LookupException($"{FullUri} is not an http or https URL.");
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || HostsForHttp.Contains(address.Host, StringComparer.OrdinalIgnoreCase)
            ? address
            : throw new LookupException($"{FullUri} must be an https URL, or name this computer or the credentials endpoint of Amazon ECS or Amazon EKS.");
    }

    // The file changes when the token is renewed.
    private static string? ReadToken()
    {
        var token = EnvironmentText.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } path
            ? LookupException.Guard(() => EnvironmentText.OrNull(File.ReadAllText(path)))
            : EnvironmentText.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        return token is null || KeyText.IsHeaderValue(token)
            ? token
            : throw new LookupException("The authorization token of the container contains a line break, another control character or a character that is not ASCII.");
    }

    private async Task<CredentialsRefreshState> RequestAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        if (ReadToken() is { } token)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
#pragma warning disable CA2016 // The body is already in memory.
            return response.IsSuccessStatusCode
                ? CredentialJson.Read(await response.Content.ReadAsStringAsync().ConfigureAwait(false), "The credentials endpoint of the container returned", "Token", requiresVersion: false)
                : throw new LookupException($"The credentials endpoint of the container returned HTTP {(int)response.StatusCode}.");
#pragma warning restore CA2016
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new LookupException($"The request to the credentials endpoint of the container failed: {FailureText.OfNetwork(exception)}.", FailureText.WithoutPasswords(exception));
        }
    }
}
