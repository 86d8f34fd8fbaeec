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
    public Uri EndpointOf(AppRunnerRequest request) => connection.EndpointOf(request);

    /// <inheritdoc/>
    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        write($"{request.Operation} to {EndpointOf(request)} ({Region}) as {CredentialSource}:\n{TextOf(request)}");
        try
        {
            var response = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            write($"Response to {request.Operation}:\n{TextOf(response)}");
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

    // A defect here must not fail the call, which may have changed something already.
    private static string TextOf(object shape)
    {
        try
        {
            return SecretMasking.Write(shape);
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            return $"(It cannot be shown: {defect.GetType().Name}.)";
        }
    }
}
