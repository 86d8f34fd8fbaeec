using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>Finds the services that use a resource. The API answers this for auto scaling configurations only, so the services are described.</summary>
internal static class ResourceUsers
{
    // More than App Runner's default quota of services, and few enough for an error message to wait for.
    private const int MaxServices = 50;

    /// <summary>Whether a service uses a resource.</summary>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="service">A described service.</param>
    /// <param name="arn">The resource's ARN; without id and revision it means all revisions of the name.</param>
    /// <returns>True if it does.</returns>
    public static bool IsUsedBy(ResourceKind kind, Service service, string arn) =>
        kind.ReferenceIn?.Invoke(service) is { } used && (used == arn || (Arn.TryParse(arn, out var given) && given.Id is null && used.StartsWith(arn + "/", System.StringComparison.Ordinal)));

    /// <summary>The names of the services that use a resource.</summary>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="arn">The resource's ARN.</param>
    /// <param name="connection">The connection to its region.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The names, of the first services only if there are very many; empty if the services cannot be read.</returns>
    public static async Task<IReadOnlyList<string>> NamesAsync(ResourceKind kind, string arn, IAppRunnerConnection connection, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            var services = new List<IResource>();
            await ResourceKind.Service.ListAsync(connection, services.Add, cancellationToken).ConfigureAwait(false);
            foreach (var listed in services.Where(ResourceKind.IsActive).Take(MaxServices))
            {
                var service = await connection.DescribeAsync(listed.ResourceArn!, cancellationToken).ConfigureAwait(false);
                if (IsUsedBy(kind, service, arn))
                    names.Add(service.ServiceName!);
            }
        }
        catch (AppRunnerException)
        {
            // What was found is named; the refusal itself is the error.
        }

        return names;
    }
}
