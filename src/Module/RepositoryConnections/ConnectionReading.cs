using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.RepositoryConnections;

/// <summary>Reads one connection. The API only lists.</summary>
internal static class ConnectionReading
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
}
