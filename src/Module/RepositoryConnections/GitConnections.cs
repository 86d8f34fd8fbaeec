using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.RepositoryConnections;

/// <summary>Connections to source code providers (GitHub, Bitbucket). The API can only list them; it can neither describe one nor complete a handshake.</summary>
internal static class GitConnections
{
    /// <summary>Finds a connection in the list.</summary>
    /// <param name="client">The client to send with.</param>
    /// <param name="arn">The connection.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ResourceNotFoundException">The list does not have it.</exception>
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

    /// <summary>The page of the console to complete handshakes.</summary>
    /// <param name="region">The connection's region.</param>
    /// <returns>The URL.</returns>
    public static string ConsoleUrl(string region) => $"https://{region}.console.aws.amazon.com/apprunner/home?region={region}#/connections";
}
