using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Sends requests to App Runner.</summary>
internal interface IAppRunnerClient
{
    /// <summary>Sends a request and reads its response.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request; its class has the operation's name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="AppRunnerException">The call failed. Cancellation and defects are other exceptions.</exception>
    Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse;
}

/// <summary>A client with credentials, for one region.</summary>
internal interface IAppRunnerConnection : IAppRunnerClient, IDisposable
{
    /// <summary>The region of the requests.</summary>
    string Region { get; }

    /// <summary>The endpoint of App Runner.</summary>
    Uri Endpoint { get; }

    /// <summary>The source of the credentials, for messages: <c>profile "dev"</c>, <c>environment variables</c>. No key.</summary>
    string CredentialSource { get; }

    /// <summary>The account of the credentials; null while it is not known. A setting names it, or a response; no call is made for it.</summary>
    string? AccountId { get; set; }

    /// <summary>The endpoint that a request is sent to: those for logs and metrics are other services.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The endpoint.</returns>
    Uri EndpointOf(AppRunnerRequest request);
}

/// <summary>Makes connections. The implementation is in AppRunner.Client, which is loaded on first use; it has a public constructor without parameters.</summary>
internal interface IAppRunnerConnector
{
    /// <summary>Finds region, endpoint and credentials and creates a connection. Makes no call to App Runner.</summary>
    /// <param name="settings">The given settings; the rest is looked up as the AWS CLI does.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NoRegionException">No region is known.</exception>
    /// <exception cref="NoCredentialException">No credentials were found, or there is no such profile, or it has none.</exception>
    /// <exception cref="InvalidParameterException">A setting is malformed.</exception>
    Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken);

    /// <summary>The settings that a connection would use, and where they come from. Makes no call, and starts no program.</summary>
    /// <param name="settings">The given settings.</param>
    /// <returns>The settings in the order in which they are looked up. What is wrong is part of them, so nothing is thrown.</returns>
    IReadOnlyList<ContextSetting> Describe(ConnectionSettings settings);

    /// <summary>
    /// A fingerprint of what a lookup depends on besides its settings: AWS_* variables and the shared files. While it is equal, equal
    /// settings lead to the same connection. It contains secrets and must never be shown.
    /// </summary>
    /// <returns>A text to compare with an earlier one.</returns>
    string EnvironmentFingerprint();

    /// <summary>The names of the profiles in the shared configuration and credentials files; empty if there are none or the files cannot be read.</summary>
    /// <returns>The names, sorted.</returns>
    string[] GetProfileNames();
}

/// <summary>A call that is not sent, so that its code is compiled before the first real call.</summary>
internal interface IRehearsal
{
    /// <summary>Makes the call.</summary>
    void Run();
}
