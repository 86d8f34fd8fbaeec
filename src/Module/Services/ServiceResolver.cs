using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>Finds services by name. The list of a region is read once per call of a cmdlet, however many names it gets.</summary>
/// <param name="connect">Gives the connection for a region; null stands for the default one.</param>
internal sealed class ServiceResolver(Func<string?, Task<IAppRunnerConnection>> connect)
{
    private readonly Dictionary<IAppRunnerConnection, Task<Dictionary<string, string>>> lists = [];

    /// <summary>Finds a service.</summary>
    /// <param name="identity">What the caller gave.</param>
    /// <param name="region">The region that was asked for; the region of an ARN wins.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The service's ARN and its connection.</returns>
    public async Task<ResolvedService> ResolveAsync(ServiceIdentity identity, string? region, CancellationToken cancellationToken)
    {
        if (identity.Problem is { } problem)
            throw new InvalidParameterException(problem);
        if (Arn.TryParseService(identity.ServiceArn, out var arn))
            return new ResolvedService(arn.Text, arn.Name, await connect(arn.Region).ConfigureAwait(false));

        var name = identity.ServiceName!;
        var connection = await connect(region).ConfigureAwait(false);
        Task<Dictionary<string, string>> list;
        lock (lists)
        {
            if (!lists.TryGetValue(connection, out list!) || list.IsFaulted || list.IsCanceled)
                lists[connection] = list = ListAsync(connection, cancellationToken);
        }

        var arns = await list.ConfigureAwait(false);
        if (arns.TryGetValue(name, out var found))
            return new ResolvedService(found, name, connection);
        var near = Spelling.Nearest(name, arns.Keys.OrderBy(key => key, StringComparer.Ordinal));
        throw ResourceNotFoundException.ForService($"There is no service named \"{name}\" in {connection.Region}{(near is null ? "." : $"; did you mean \"{near}\"?")}");
    }

    private static async Task<Dictionary<string, string>> ListAsync(IAppRunnerConnection connection, CancellationToken cancellationToken)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        await Pages.ReadAsync(
            connection,
            new ListServicesRequest(),
            page =>
            {
                foreach (var service in page.ServiceSummaryList ?? [])
                {
                    // A deleted service may be listed for a while; one that lives under its name again comes first.
                    if (service is { ServiceName: { } name, ServiceArn: { } serviceArn } && (service.Status != ServiceStatus.Deleted || !arns.ContainsKey(name)))
                        arns[name] = serviceArn;
                }

                return Task.FromResult(true);
            },
            cancellationToken).ConfigureAwait(false);
        return arns;
    }
}
