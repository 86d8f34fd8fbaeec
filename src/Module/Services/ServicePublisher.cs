using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Sending;
using AppRunner.Model.Waiting;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Services;

/// <summary>Makes one service as its definition wants it. One object serves a whole command.</summary>
/// <remarks>
/// The service is read and compared, then:
///   state                                              equal               different
///   no such service, DELETED                           -                   CreateService
///   RUNNING                                            StartDeployment with -Deploy, else nothing    tags, then UpdateService
///   PAUSED                                             nothing             tags, then UpdateService; it stays paused
///   OPERATION_IN_PROGRESS                              waits, then reads it again; with -WhatIf it is compared as it is
///   CREATE_FAILED                                      UpdateService with everything, which builds it again
///   DELETE_FAILED; another key; image and code         ReplacementRequired; with -Recreate DeleteService, then CreateService
/// Nothing of others is overwritten: before UpdateService the service is read again. If it has changed, is busy, is gone or exists already, or if
/// an answer was lost, everything starts again, <see cref="MaxRounds"/> times at most.
/// </remarks>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="session">Keeps the names of services for completion.</param>
/// <param name="work">Runs the calls in the background.</param>
/// <param name="interrupted">Collects the requests that are in flight, for a warning after Ctrl+C.</param>
/// <param name="waits">Waits for operations.</param>
/// <param name="shared">Finds and creates the shared settings.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class ServicePublisher(
    PSCmdlet cmdlet, SessionContext session, BackgroundWork work, InterruptedWorkNotice interrupted, OperationWaits waits, SharedSettings shared, CancellationToken stopped)
{
    private const int MaxRounds = 3;
    private readonly PSCmdlet cmdlet = cmdlet;
    private readonly SessionContext session = session;
    private readonly BackgroundWork work = work;
    private readonly InterruptedWorkNotice interrupted = interrupted;
    private readonly OperationWaits waits = waits;
    private readonly SharedSettings shared = shared;
    private readonly CancellationToken stopped = stopped;

    /// <summary>Gets the connection for a region.</summary>
    public Func<string?, Task<IAppRunnerConnection>> Connect { get; init; } = null!;

    /// <summary>Reads the tags of a service that a definition was taken from.</summary>
    public Func<Arn, Task<List<Tag>?>> ReadTags { get; init; } = null!;

    /// <summary>Whether to wait for the operation.</summary>
    public bool Wait { get; init; }

    /// <summary>Whether to deploy a service that is equal.</summary>
    public bool Deploy { get; init; }

    /// <summary>Whether to replace a service that no update can change.</summary>
    public bool Recreate { get; init; }

    /// <summary>Whether only to show what would be done.</summary>
    public bool WhatIf { get; init; }

    /// <summary>The time limit for other operations, in all rounds.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Publishes a definition.</summary>
    /// <param name="desired">The definition.</param>
    /// <param name="resolver">Finds names, with the lists of the command.</param>
    /// <param name="connection">The connection to the region.</param>
    /// <param name="target">The TargetObject of errors.</param>
    /// <returns>A task that completes when the service was sent or written.</returns>
    public Task PublishAsync(DesiredService desired, ResourceResolver resolver, IAppRunnerConnection connection, object? target) =>
        new Publication(this, desired, connection, target).RunAsync(resolver);

    private void Verbose(string message) => _ = work.PostAsync(() => RequestDisplay.Verbose(cmdlet, message));

    private sealed class Publication(ServicePublisher owner, DesiredService desired, IAppRunnerConnection connection, object? target)
    {
        private readonly ServiceChanges changes = new(
            connection, SystemClock.Instance, owner.Verbose, message => _ = owner.work.PostAsync(() => owner.cmdlet.WriteWarning(message)));

        private readonly DateTime deadline = Poll.Deadline(SystemClock.Instance.UtcNow, owner.Timeout);
        private string[]? confirmed;
        private List<Tag>? copiedTags;
        private IReadOnlyList<ServiceDifference> differences = [];
        private IReadOnlyList<ServiceDifference> applied = [];

        // What was sent, and what of it is not known to have been refused.
        private string action = PublishAction.None;
        private string done = PublishAction.None;

        // The service that was replaced; null if none was.
        private string? deletedArn;

        private string Caption => $"{desired.ServiceName} ({connection.Region})";

        private string Target => Confirmation.TargetOf($"service {desired.ServiceName}", connection);

        public async Task RunAsync(ResourceResolver resolver)
        {
            try
            {
                await RunRoundsAsync(resolver).ConfigureAwait(false);
            }
            catch (AppRunnerException failure) when (deletedArn is not null || done == PublishAction.TagsOnly)
            {
                failure.Note = $"{failure.Note} {(deletedArn is null ? "The tags of the service were changed before." : $"The service {deletedArn} was deleted before.")}".TrimStart();
                throw;
            }
        }

        private async Task RunRoundsAsync(ResourceResolver resolver)
        {
            await desired.ResolveAsync(resolver, connection).ConfigureAwait(false);
            AppRunnerException? lost = null;
            for (var round = 1; ; round++)
            {
                ServiceSnapshot? actual;
                try
                {
                    var found = (await resolver.FindAsync(desired.ServiceName!, ResourceKind.Service, connection).ConfigureAwait(false)).Found;
                    actual = await desired.ReadAsync(found, connection, owner.stopped).ConfigureAwait(false);
                }
                catch (AppRunnerException) when (lost is not null)
                {
                    // It says that a request may have taken effect, which is more than that the service cannot be read.
                    throw lost;
                }

                try
                {
                    if (owner.WhatIf || actual?.Service is not { Status: ServiceStatus.OperationInProgress } busy)
                    {
                        await DecideAsync(actual).ConfigureAwait(false);
                        return;
                    }

                    if (round > MaxRounds)
                        throw new InvalidStateException($"The service \"{desired.ServiceName}\" has operations of others one after the other. Nothing was sent.");
                    await WaitForOtherAsync(busy).ConfigureAwait(false);
                }
                catch (AppRunnerException outdated) when (round < MaxRounds && IsOutdated(outdated))
                {
                    done = action = IsLost(outdated) ? action : done;
                    lost = IsLost(outdated) ? outdated : null;
                    owner.Verbose($"{Caption}: the service is read and compared again: {outdated.Message}");
                }

                // The lists of the command are older than what happened meanwhile.
                resolver = new ResourceResolver(owner.Connect, owner.stopped);
            }
        }

        // What was decided is no longer right, or it is not known whether it was done.
        private static bool IsOutdated(AppRunnerException failure) => IsLost(failure) || failure is InvalidStateException or ResourceNotFoundException
            || failure.ErrorId is ErrorIds.ServiceAlreadyExists or ErrorIds.InvalidServiceState;

        private static bool IsLost(AppRunnerException failure) => failure is NetworkException { MayHaveArrived: true } or AppRunnerServiceException { MayHaveTakenEffect: true };

        private async Task DecideAsync(ServiceSnapshot? actual)
        {
            var arn = Arn.TryParse(actual?.Service.ServiceArn, out var parsed) ? parsed : null;
            if (desired.NeedsCopiedTags(arn))
            {
                copiedTags ??= await owner.ReadTags(desired.CopyOf!).ConfigureAwait(false);
                if (copiedTags is not null && actual is not null)
                    await actual.ReadAsync(connection, SnapshotParts.Tags, owner.stopped).ConfigureAwait(false);
            }

            differences = desired.Compare(actual, copiedTags);

            applied = Applied(exists: actual is not null);
            if (actual is null)
                await CreateAsync(action == PublishAction.Recreated ? action : PublishAction.Created).ConfigureAwait(false);
            else if (ReasonToReplace(actual.Service) is { } reason)
                await ReplaceAsync(actual, reason).ConfigureAwait(false);
            else
                await UpdateAsync(actual).ConfigureAwait(false);
        }

        // What an earlier round did, or may have done before its answer was lost, is part of the result.
        private IReadOnlyList<ServiceDifference> Applied(bool exists)
        {
            if (action == PublishAction.None)
                return differences;
            if (!exists)
                return action == PublishAction.Recreated ? applied : differences;
            return [.. applied.Where(earlier => differences.All(difference => difference.Path != earlier.Path)), .. differences];
        }

        private async Task WaitForOtherAsync(Service busy)
        {
            owner.Verbose($"{Caption}: waiting for the operation that is in progress.");
            var remaining = deadline - SystemClock.Instance.UtcNow;
            try
            {
                await owner.waits.WaitAsync(new ResolvedResource(busy.ServiceArn!, desired.ServiceName!, connection), new AwaitedOperation(busy.ServiceArn!, null), remaining).ConfigureAwait(false);
            }
            catch (OperationFailedException failed)
            {
                owner.Verbose($"{Caption}: the other operation failed: {failed.Message}");
            }
        }

        private string? ReasonToReplace(Service service)
        {
            if (service.Status == ServiceStatus.DeleteFailed)
                return "it has the status DELETE_FAILED";
            var fixedPaths = differences.Where(difference => difference.Effect == DifferenceEffect.Replacement).Select(difference => difference.Path).ToList();
            if (service.Status == ServiceStatus.CreateFailed)
                fixedPaths.AddRange(differences.Where(difference => difference.Path.EndsWith(".ConfigurationSource", StringComparison.Ordinal) && difference.Actual is ConfigurationSource.Repository).Select(difference => difference.Path));
            return fixedPaths.Count == 0 ? null : $"no update can change {string.Join(" and ", fixedPaths)}";
        }

        private async Task CreateAsync(string kind)
        {
            if (desired.CreationProblems.Count > 0)
                throw new InvalidParameterException(desired.Subject, desired.CreationProblems.ToArray());
            var request = desired.ToCreate(copiedTags);
            request = await desired.CheckAccountAsync(request, new ResourceResolver(owner.Connect, owner.stopped), connection).ConfigureAwait(false);
            if (kind == PublishAction.Created && !await AskAsync("Create", request, []).ConfigureAwait(false))
                return;
            request = await owner.shared.ResolveAsync(request, desired.Contents, connection).ConfigureAwait(false);
            action = kind;
            StartedChange change;
            using (owner.interrupted.Begin($"Stopped before the response to CreateService for {Target} arrived: check with Get-ARService whether it took effect."))
                change = await changes.CreateAsync(request, owner.stopped).ConfigureAwait(false);
            await EndAsync(change, OperationType.CreateService).ConfigureAwait(false);
        }

        private async Task ReplaceAsync(ServiceSnapshot actual, string reason)
        {
            await actual.ReadAsync(connection, SnapshotParts.CustomDomains | SnapshotParts.VpcIngressConnections, owner.stopped).ConfigureAwait(false);
            string?[] lost =
            [
                actual.Service.ServiceUrl is { Length: > 0 } url ? $"the URL {url}" : null,
                actual.CustomDomains.Count > 0 ? "the custom domains " + string.Join(", ", actual.CustomDomains.Select(domain => domain.DomainName)) : null,
                actual.VpcIngressConnections.Count > 0 ? "the VPC ingress connections " + string.Join(", ", actual.VpcIngressConnections.Select(ingress => ingress.VpcIngressConnectionName)) : null,
            ];
            var losses = "A new service loses " + string.Join("; ", lost.OfType<string>().DefaultIfEmpty("the ARN")) + ".";
            if (!owner.Recreate)
                throw new ReplacementRequiredException($"The service \"{desired.ServiceName}\" must be deleted and created again, because {reason}. {losses}");
            if (desired.CreationProblems.Count > 0)
                throw new InvalidParameterException(desired.Subject, desired.CreationProblems.ToArray());
            var delete = new DeleteServiceRequest { ServiceArn = actual.Service.ServiceArn };
            if (!await AskAsync("Delete and create again", delete, [losses, .. differences.Select(difference => difference.ToString())]).ConfigureAwait(false))
                return;
            StartedChange change;
            using (owner.interrupted.Begin($"Stopped before the response to DeleteService for {Target} arrived: check with Get-ARService whether it took effect."))
                change = await changes.ChangeAsync(delete, OperationType.DeleteService, owner.stopped).ConfigureAwait(false);
            owner.session.Seen.RememberStart(change.Service, OperationType.DeleteService);
            if (!change.HasEnded)
            {
                await owner.waits.WaitAsync(
                    new ResolvedResource(change.Service.ServiceArn!, desired.ServiceName!, connection),
                    new AwaitedOperation(change.Service.ServiceArn!, change.Service.OperationId, OperationType.DeleteService),
                    deadline - SystemClock.Instance.UtcNow).ConfigureAwait(false);
            }

            deletedArn = change.Service.ServiceArn;
            done = action = PublishAction.Recreated;
            await CreateAsync(action).ConfigureAwait(false);
        }

        private async Task UpdateAsync(ServiceSnapshot actual)
        {
            var service = actual.Service;
            var isRebuild = service.Status == ServiceStatus.CreateFailed;
            var settings = differences.Where(difference => difference.Effect != DifferenceEffect.Tags).ToArray();
            var needsUpdate = isRebuild || settings.Length > 0;
            var (tag, untag) = TagRequests(actual);
            var needsDeployment = owner.Deploy && !needsUpdate && service.Status == ServiceStatus.Running;
            if (owner.Deploy && !needsUpdate && !needsDeployment)
                await owner.work.PostAsync(() => owner.cmdlet.WriteWarning($"{Caption}: the service is {service.Status}, so no deployment was started.")).ConfigureAwait(false);
            if (!needsUpdate && tag is null && untag is null && !needsDeployment)
            {
                await WriteAsync(service).ConfigureAwait(false);
                return;
            }

            var update = needsUpdate ? desired.ToUpdate(actual, isRebuild ? null : settings) : null;
            AppRunnerRequest shown = update ?? (AppRunnerRequest?)tag ?? untag ?? (AppRunnerRequest)new StartDeploymentRequest { ServiceArn = service.ServiceArn };
            var verb = needsUpdate ? "Update" : needsDeployment ? "Deploy" : "Change the tags";
            string[] busy = service.Status == ServiceStatus.OperationInProgress ? ["An operation is in progress. The service may differ when it has ended."] : [];
            if (!await AskAsync(verb, shown, [.. busy, .. differences.Select(difference => difference.ToString())]).ConfigureAwait(false))
                return;
            if (needsUpdate)
            {
                update = await owner.shared.ResolveAsync(update!, desired.Missing(actual), connection).ConfigureAwait(false);
                await CheckUnchangedAsync(service).ConfigureAwait(false);
            }

            // App Runner may refuse to change tags during an operation, so they come first.
            if (action == PublishAction.None && (tag ?? (AppRunnerRequest?)untag) is not null)
                action = PublishAction.TagsOnly;
            if (tag is not null)
                await connection.SendAsync(tag, owner.stopped).ConfigureAwait(false);
            if (untag is not null)
                await connection.SendAsync(untag, owner.stopped).ConfigureAwait(false);
            done = action;
            if (!needsUpdate && !needsDeployment)
            {
                await WriteAsync(service).ConfigureAwait(false);
                return;
            }

            StartedChange change;
            using (owner.interrupted.Begin($"Stopped before the response to {(needsUpdate ? "UpdateService" : "StartDeployment")} for {Target} arrived: check with Get-ARService whether it took effect."))
            {
                if (needsUpdate)
                {
                    action = PublishAction.Updated;
                    change = await changes.ChangeAsync(update!, OperationType.UpdateService, owner.stopped).ConfigureAwait(false);
                }
                else
                {
                    action = PublishAction.Deployed;
                    change = await changes.ChangeAsync(new StartDeploymentRequest { ServiceArn = service.ServiceArn }, OperationType.StartDeployment, owner.stopped).ConfigureAwait(false);
                }
            }

            // Another request may have started this operation: wait for it, and compare again.
            if (change.Unconfirmed is { } unconfirmed)
            {
                await WaitForOtherAsync(change.Service).ConfigureAwait(false);
                throw unconfirmed.ErrorNow();
            }

            await EndAsync(change, needsUpdate ? OperationType.UpdateService : OperationType.StartDeployment).ConfigureAwait(false);
        }

        private (TagResourceRequest? Tag, UntagResourceRequest? Untag) TagRequests(ServiceSnapshot actual)
        {
            var changed = differences.Where(difference => difference.Effect == DifferenceEffect.Tags).ToArray();
            if (changed.Length == 0)
                return (null, null);
            var wanted = (desired.ToCreate(copiedTags).Tags ?? []).Where(tag => !tag.IsReserved).ToList();
            var has = (actual.Tags ?? []).Where(tag => !tag.IsReserved).ToList();
            var add = wanted.Where(tag => !has.Exists(other => other.Key == tag.Key && (other.Value ?? string.Empty) == (tag.Value ?? string.Empty))).ToList();
            var remove = has.Select(tag => tag.Key!).Where(key => wanted.TrueForAll(tag => tag.Key != key)).ToList();
            return (
                add.Count == 0 ? null : new TagResourceRequest { ResourceArn = actual.Service.ServiceArn, Tags = add },
                remove.Count == 0 ? null : new UntagResourceRequest { ResourceArn = actual.Service.ServiceArn, TagKeys = remove });
        }

        // The same differences are asked about once.
        private async Task<bool> AskAsync(string verb, AppRunnerRequest request, string[] details)
        {
            string[] question = [verb, .. details];
            if (confirmed is not null && confirmed.SequenceEqual(question))
                return true;
            if (!await owner.work.InvokeAsync(() => Confirmation.ShouldSend(owner.cmdlet, request, Target, verb, connection, details)).ConfigureAwait(false))
                return false;
            confirmed = question;
            return true;
        }

        private async Task CheckUnchangedAsync(Service before)
        {
            var now = await connection.DescribeAsync(before.ServiceArn!, owner.stopped).ConfigureAwait(false);
            if (!WireJson.Write(now).SequenceEqual(WireJson.Write(before)))
                throw new InvalidStateException($"The service \"{desired.ServiceName}\" was changed by another request meanwhile.");
        }

        private async Task EndAsync(StartedChange change, string operationType)
        {
            owner.session.Seen.RememberStart(change.Service, operationType);
            if (owner.Wait && !change.HasEnded)
            {
                owner.waits.Start(
                    new ResolvedResource(change.Service.ServiceArn!, desired.ServiceName!, connection),
                    new AwaitedOperation(change.Service.ServiceArn!, change.Service.OperationId, operationType, change.IsServiceUnread ? null : change.Service),
                    null,
                    target,
                    CheckResultAsync);
                return;
            }

            var service = change.Service;
            if (change.IsServiceUnread)
            {
                (service, var failure) = await changes.ReadAsync(change, operationType, owner.stopped).ConfigureAwait(false);
                if (failure is not null)
                    await owner.work.PostAsync(() => owner.cmdlet.WriteWarning($"The change of {Caption} was started, but the service could not be read, so the output has only its ARN, its name and the operation: {failure.Message}")).ConfigureAwait(false);
            }

            await WriteAsync(service).ConfigureAwait(false);
        }

        // After the operation the service should be as defined.
        private async Task CheckResultAsync(EndedOperation ended)
        {
            Complete(ended.Service);
            if (ended.ReadFailure is not null || ended.Service.Status == ServiceStatus.Deleted)
                return;
            string[] remaining;
            try
            {
                var snapshot = new ServiceSnapshot(ended.Service);
                await snapshot.ReadAsync(connection, desired.Parts & ~SnapshotParts.Tags, owner.stopped).ConfigureAwait(false);
                remaining = desired.Compare(snapshot).Select(difference => difference.Path).ToArray();
            }
            catch (AppRunnerException unread)
            {
                owner.Verbose($"{Caption}: the result could not be compared: {unread.Message}");
                return;
            }

            if (remaining.Length > 0)
                await owner.work.PostAsync(() => owner.cmdlet.WriteWarning($"{Caption}: the service still differs from the definition in {string.Join(", ", remaining)}.")).ConfigureAwait(false);
        }

        private Service Complete(Service service)
        {
            service.Action = action;
            service.Difference = action == PublishAction.None ? differences : applied;
            return service;
        }

        private Task WriteAsync(Service service) => owner.work.PostAsync(() =>
        {
            owner.session.Seen.Remember(service);
            owner.cmdlet.WriteObject(Complete(service));
        });
    }
}
