using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Connections;

/// <summary>Describes each request and its response, for -Debug. Secrets are masked; keys and signatures are not part of it.</summary>
/// <param name="connection">The connection to send with. It belongs to the pool, so it is not disposed.</param>
/// <param name="write">Called with each text, on any thread.</param>
internal sealed class TracedConnection(IAppRunnerConnection connection, Action<string> write) : IAppRunnerConnection
{
    /// <inheritdoc/>
    public string Region => connection.Region;

    /// <inheritdoc/>
    public Uri Endpoint => connection.Endpoint;

    /// <inheritdoc/>
    public string CredentialSource => connection.CredentialSource;

    /// <inheritdoc/>
    public string? AccountId => connection.AccountId;

    /// <inheritdoc/>
    public SeenAccount Seen
    {
        get => connection.Seen;
        set => connection.Seen = value;
    }

    /// <inheritdoc/>
    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        write($"{request.Operation} to {Endpoint} ({Region}) as {CredentialSource}:\n{SecretMasking.Write(request)}");
        try
        {
            var response = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            write($"Response to {request.Operation}:\n{SecretMasking.Write(response)}");
            return response;
        }
        catch (AppRunnerException failure)
        {
            write($"{request.Operation} failed: {failure.ErrorId}: {failure.Message}");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
