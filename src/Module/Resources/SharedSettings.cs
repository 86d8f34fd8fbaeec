using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Resources;

/// <summary>
/// Finds shared settings by content, and creates those that do not exist. One object serves a whole command, so that equal content is created
/// once, however many services use it at the same time.
/// </summary>
/// <param name="report">Called with verbose messages, possibly from several threads.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class SharedSettings(Action<string> report, CancellationToken stopped)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> names = new(StringComparer.Ordinal);

    /// <summary>A copy of a request with the ARNs of its shared settings; creates those that do not exist.</summary>
    /// <typeparam name="T">The request.</typeparam>
    /// <param name="request">The request. It is not changed.</param>
    /// <param name="contents">Its contents.</param>
    /// <param name="connection">The connection to the region of the service.</param>
    /// <returns>The copy; the request itself if it has no contents.</returns>
    public async Task<T> ResolveAsync<T>(T request, IReadOnlyList<SharedContent> contents, IAppRunnerConnection connection)
        where T : AppRunnerRequest
    {
        var arns = new Dictionary<SharedContent, string>();
        foreach (var content in contents)
            arns[content] = await FindOrCreateAsync(content, connection).ConfigureAwait(false);
        return SharedContent.WithArns(request, contents, content => arns[content]);
    }

    /// <summary>Finds an active revision with equal content.</summary>
    /// <param name="content">The content.</param>
    /// <param name="connection">The connection to the region.</param>
    /// <returns>The newest one; null if there is none.</returns>
    /// <exception cref="InvalidParameterException">The active VPC connector of this name has another content.</exception>
    public async Task<IResource?> FindAsync(SharedContent content, IAppRunnerConnection connection)
    {
        var revisions = new List<Arn>();
        await content.Kind.ListAsync(
            connection,
            resource =>
            {
                if (Arn.TryParse(resource.ResourceArn, out var arn) && arn.Name == content.Name && ResourceKind.IsActive(resource))
                    revisions.Add(arn);
            },
            stopped).ConfigureAwait(false);
        foreach (var arn in revisions.OrderByDescending(arn => arn.Revision))
        {
            var found = await DescribeAsync(content, arn.Text, connection).ConfigureAwait(false);
            var differences = found is null ? null : content.Compare(found, new Service());
            if (differences is { Count: 0 })
                return found;
            if (differences is not null && content.Content is CreateVpcConnectorRequest)
            {
                throw new InvalidParameterException(
                    $"{content.Path}: the VPC connector \"{content.Name}\" exists with another content ({string.Join("; ", differences)}). A name has one active VPC connector, and it cannot be changed. Use another VpcConnectorName.");
            }
        }

        return null;
    }

    private static string KeyOf(SharedContent content, IAppRunnerConnection connection, string what) => $"{connection.Endpoint} {connection.Region} {content.Kind.Noun} {what}";

    private Task<string> FindOrCreateAsync(SharedContent content, IAppRunnerConnection connection) => known.GetOrAdd(
        KeyOf(content, connection, Encoding.UTF8.GetString(WireJson.Write(content.Content))),
        key => new Lazy<Task<string>>(() => MakeAsync(key, content, connection))).Value;

    // Settings of one name follow each other: the second VPC connector of a name must see the first one.
    private async Task<string> MakeAsync(string key, SharedContent content, IAppRunnerConnection connection)
    {
        var turn = names.GetOrAdd(KeyOf(content, connection, content.Name ?? string.Empty), _ => new SemaphoreSlim(1));
        await turn.WaitAsync(stopped).ConfigureAwait(false);
        try
        {
            if (await FindAsync(content, connection).ConfigureAwait(false) is { } existing)
            {
                report($"The {content.Kind.DisplayName} {existing} has the content, and is used.");
                return existing.ResourceArn!;
            }

            return await CreateAsync(content, connection).ConfigureAwait(false);
        }
        catch
        {
            // The next service of the command may be luckier.
            known.TryRemove(key, out _);
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string> CreateAsync(SharedContent content, IAppRunnerConnection connection)
    {
        try
        {
            IResource? created = content.Content switch
            {
                CreateAutoScalingConfigurationRequest scaling => (await connection.SendAsync(scaling, stopped).ConfigureAwait(false)).AutoScalingConfiguration,
                CreateVpcConnectorRequest connector => (await connection.SendAsync(connector, stopped).ConfigureAwait(false)).VpcConnector,
                CreateObservabilityConfigurationRequest observability => (await connection.SendAsync(observability, stopped).ConfigureAwait(false)).ObservabilityConfiguration,
                _ => null,
            };
            if (created?.ResourceArn is not { Length: > 0 } arn)
                throw new NetworkException($"The response to {content.Content.Operation} is incomplete: it has no result.", mayHaveArrived: true);
            report($"The {content.Kind.DisplayName} {created} was created.");
            return arn;
        }
        catch (AppRunnerException failure) when (failure is NetworkException { MayHaveArrived: true } or AppRunnerServiceException { MayHaveTakenEffect: true } || failure.ErrorId == ErrorIds.ResourceAlreadyExists)
        {
            // The request may have created it, or another request has since it was looked for.
            report($"Checking whether the {content.Kind.DisplayName} \"{content.Name}\" exists in spite of the failure of {content.Content.Operation}: {failure.Message}");
            if (await FindAsync(content, connection).ConfigureAwait(false) is { } found)
                return found.ResourceArn!;
            throw;
        }
    }

    private async Task<IResource?> DescribeAsync(SharedContent content, string arn, IAppRunnerConnection connection)
    {
        try
        {
            return content.Content switch
            {
                CreateAutoScalingConfigurationRequest => (await connection.SendAsync(new DescribeAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn }, stopped).ConfigureAwait(false)).AutoScalingConfiguration,
                CreateVpcConnectorRequest => (await connection.SendAsync(new DescribeVpcConnectorRequest { VpcConnectorArn = arn }, stopped).ConfigureAwait(false)).VpcConnector,
                _ => (await connection.SendAsync(new DescribeObservabilityConfigurationRequest { ObservabilityConfigurationArn = arn }, stopped).ConfigureAwait(false)).ObservabilityConfiguration,
            };
        }
        catch (ResourceNotFoundException)
        {
            // Deleted after it was listed.
            return null;
        }
    }
}
