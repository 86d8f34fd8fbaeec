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

    /// <summary>The account of the credentials; null while it is not known. The latest response tells it, else a setting; no call is made for it.</summary>
    string? AccountId { get; }

    /// <summary>The account in responses. Connections to other regions with the same credentials share it.</summary>
    SeenAccount Seen { get; set; }

    /// <summary>The endpoint that a request is sent to: those for logs and metrics are other services.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The endpoint.</returns>
    Uri EndpointOf(AppRunnerRequest request);
}

/// <summary>The account that the latest response to calls with the same credentials had, for as long as their access key is the same.</summary>
internal sealed class SeenAccount
{
    private volatile Response? latest;

    /// <summary>The account; null while it is not known.</summary>
    public string? AccountId => latest?.AccountId;

    /// <summary>Forgets the account if it is that of another access key: the keys of a credential object can change, and their account with them.</summary>
    /// <param name="accessKey">The access key id of the next call; null for keys that do not change.</param>
    public void ForgetIfChanged(string? accessKey)
    {
        if (latest is { } response && response.AccessKey != accessKey)
            latest = null;
    }

    /// <summary>Remembers the account of a response.</summary>
    /// <param name="accessKey">The access key id of the call; null for keys that do not change.</param>
    /// <param name="accountId">The account.</param>
    public void Remember(string? accessKey, string accountId)
    {
        if (latest is not { } response || response.AccessKey != accessKey || response.AccountId != accountId)
            latest = new Response(accessKey, accountId);
    }

    private sealed record Response(string? AccessKey, string AccountId);
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
