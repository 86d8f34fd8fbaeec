using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.RepositoryConnections;

/// <summary>Connections to source code providers (GitHub, Bitbucket), where the API falls short: it only lists them, and cannot complete their handshake.</summary>
internal static class GitConnections
{
    /// <summary>Finds a connection in the list.</summary>
    /// <param name="client">Where to ask.</param>
    /// <param name="arn">The connection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ResourceNotFoundException">It is not listed.</exception>
    public static async Task<ConnectionSummary> FindAsync(this IAppRunnerClient client, string arn, CancellationToken cancellationToken)
    {
        ConnectionSummary? found = null;
        await Pages.ReadAsync(
            client,
            new ListConnectionsRequest { ConnectionName = Arn.TryParse(arn, out var parsed) ? parsed.Name : null },
            page => Task.FromResult((found = page.ConnectionSummaryList?.Find(connection => connection.ConnectionArn == arn)) is null),
            cancellationToken).ConfigureAwait(false);
        return found ?? throw new ResourceNotFoundException($"There is no connection {arn}.");
    }

    /// <summary>Where the console completes handshakes; the API cannot.</summary>
    /// <param name="region">The connection's region.</param>
    /// <returns>The address.</returns>
    public static string ConsoleUrl(string region) => $"https://{region}.console.aws.amazon.com/apprunner/home?region={region}#/connections";
}
