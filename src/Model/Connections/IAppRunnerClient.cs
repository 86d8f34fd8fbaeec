using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>The one seam between requests and how they reach App Runner.</summary>
internal interface IAppRunnerClient
{
    /// <summary>Sends a request and reads its response.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request; its class knows the operation.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="AppRunnerException">Everything that goes wrong, but cancellation.</exception>
    Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse;
}

/// <summary>A client with an identity, in one region.</summary>
internal interface IAppRunnerConnection : IAppRunnerClient, IDisposable
{
    /// <summary>The region that requests go to.</summary>
    string Region { get; }

    /// <summary>The address that requests go to.</summary>
    Uri Endpoint { get; }

    /// <summary>Where the credentials come from, for people: <c>profile "dev"</c>, <c>environment variables</c>. No key.</summary>
    string CredentialSource { get; }
}

/// <summary>Makes connections. The implementation lies in AppRunner.Client, which is loaded at its first use; it has a public constructor without parameters.</summary>
internal interface IAppRunnerConnector
{
    /// <summary>Finds region, endpoint and credentials and makes a client for them. Makes no call to App Runner.</summary>
    /// <param name="settings">What is given; the rest is looked up as AWS's own tools do.</param>
    /// <param name="cancellationToken">Stops the look-up at once.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NoRegionException">No region is known.</exception>
    /// <exception cref="NoCredentialException">No credentials, or the named profile cannot give any.</exception>
    /// <exception cref="InvalidParameterException">A setting is malformed.</exception>
    Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken);

    /// <summary>
    /// What a look-up depends on besides its settings: AWS_* variables and the shared files. While it is the same, the same settings
    /// lead to the same connection; the text itself means nothing and is never to be shown.
    /// </summary>
    /// <returns>A text to compare.</returns>
    string EnvironmentFingerprint();

    /// <summary>The names of the profiles in the shared configuration and credentials files; empty where there are none or the files cannot be read.</summary>
    /// <returns>The names, sorted.</returns>
    string[] GetProfileNames();
}
