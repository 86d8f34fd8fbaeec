using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>A service as a definition wants it: what Compare-ARService and Publish-ARService compare with the service that exists.</summary>
/// <param name="request">The complete request for a new service, already checked. It is not changed.</param>
/// <param name="subject">What the definition is called in messages.</param>
/// <param name="place">Adds the place in the input to problems.</param>
internal sealed class DesiredService(CreateServiceRequest request, string subject, Func<IReadOnlyList<Problem>, IReadOnlyList<Problem>> place)
{
    private readonly CreateServiceRequest request = request;
    private CreateServiceRequest resolved = request;

    /// <summary>What the definition is called in messages.</summary>
    public string Subject { get; } = subject;

    /// <summary>The name of the service.</summary>
    public string? ServiceName => request.ServiceName;

    /// <summary>The problems that only a new service has.</summary>
    public IReadOnlyList<Problem> CreationProblems { get; init; } = [];

    /// <summary>The service that the definition was taken from; null if it was not taken from a service.</summary>
    public Arn? CopyOf { get; init; }

    /// <summary>Whether the auto scaling configuration is only the default of the region that the service is in.</summary>
    public bool HasDefaultScaling { get; init; }

    /// <summary>Whether the definition has tags.</summary>
    public bool HasTags => request.Tags is not null;

    /// <summary>The shared settings that are given by content.</summary>
    public IReadOnlyList<SharedContent> Contents { get; } = SharedContent.In(request);

    /// <summary>What must be read of the service to compare it: only what the definition names.</summary>
    public SnapshotParts Parts => Contents.Aggregate(HasTags ? SnapshotParts.Tags : SnapshotParts.None, (parts, content) => parts | content.Part);

    /// <summary>Replaces names by ARNs. The ARNs of <see cref="Contents"/> stay open.</summary>
    /// <param name="resolver">Finds names.</param>
    /// <param name="connection">The connection to the region of the service.</param>
    /// <returns>A task that completes when all names are found.</returns>
    public async Task ResolveAsync(ResourceResolver resolver, IAppRunnerConnection connection)
    {
        var named = await ResourceReferences.ResolveAsync(SharedContent.WithArns(request, Contents, _ => null), Subject, place, resolver, connection).ConfigureAwait(false);
        try
        {
            named = await ResourceReferences.CompleteAsync(named, resolver, connection).ConfigureAwait(false);
        }
        catch (AppRunnerServiceException)
        {
            // Without the permission to list, an ARN without a revision is compared as it is.
        }

        resolved = named;
    }

    /// <summary>Checks that a copy of a service refers to nothing in the account of its original, if it is created in another account.</summary>
    /// <param name="creation">The request.</param>
    /// <param name="resolver">Lists resources.</param>
    /// <param name="connection">The connection that the request is sent with.</param>
    /// <returns>The request.</returns>
    public async Task<CreateServiceRequest> CheckAccountAsync(CreateServiceRequest creation, ResourceResolver resolver, IAppRunnerConnection connection) =>
        CopyOf is null ? creation : await ResourceReferences.CheckAccountAsync(creation, CopyOf, Subject, place, resolver, connection).ConfigureAwait(false);

    /// <summary>Reads the service, as far as the definition names it.</summary>
    /// <param name="serviceArn">The service; null if there is none.</param>
    /// <param name="connection">The connection to its region.</param>
    /// <param name="stopped">Cancelled by Ctrl+C.</param>
    /// <returns>The service; null if it does not exist or is deleted.</returns>
    public async Task<ServiceSnapshot?> ReadAsync(Arn? serviceArn, IAppRunnerConnection connection, CancellationToken stopped)
    {
        if (serviceArn is null)
            return null;
        try
        {
            var snapshot = await ServiceSnapshot.ReadAsync(connection, serviceArn.Text, SnapshotParts.None, stopped).ConfigureAwait(false);
            if (snapshot.Service.Status == ServiceStatus.Deleted)
                return null;
            await snapshot.ReadAsync(connection, Parts, stopped).ConfigureAwait(false);
            return snapshot;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether the tags of the service that the definition was taken from are wanted: a service does not have its tags itself.</summary>
    /// <param name="serviceArn">The service that is compared; null if there is none.</param>
    /// <returns>False for the service itself: its tags are not managed then.</returns>
    public bool NeedsCopiedTags(Arn? serviceArn) => !HasTags && CopyOf is not null && CopyOf.Text != serviceArn?.Text;

    /// <summary>Compares the definition with the service.</summary>
    /// <param name="actual">The service; null if there is none.</param>
    /// <param name="copiedTags">The tags of another service that the definition was taken from; null if they are not compared.</param>
    /// <returns>The differences.</returns>
    public IReadOnlyList<ServiceDifference> Compare(ServiceSnapshot? actual, List<Tag>? copiedTags = null)
    {
        if (actual is null)
            return ServiceComparer.Compare(resolved, null);
        var compared = RequestFor(actual.Service, content => content.UsedBy(actual)?.ResourceArn);
        if (copiedTags is not null)
        {
            compared = WireJson.Clone(compared)!;
            compared.Tags = copiedTags;
        }

        return [.. ServiceComparer.Compare(compared, actual.Service, actual.Tags), .. Contents.SelectMany(content => content.Compare(content.UsedBy(actual), actual.Service))];
    }

    /// <summary>The shared settings whose content the service does not use.</summary>
    /// <param name="actual">The service.</param>
    /// <returns>The settings to find or create.</returns>
    public IReadOnlyList<SharedContent> Missing(ServiceSnapshot actual) => Contents.Where(content => content.Compare(content.UsedBy(actual), actual.Service).Count > 0).ToArray();

    /// <summary>The request for a new service.</summary>
    /// <param name="copiedTags">The tags of the service that the definition was taken from; may be null.</param>
    /// <returns>The request, without the ARNs of <see cref="Contents"/>.</returns>
    public CreateServiceRequest ToCreate(List<Tag>? copiedTags)
    {
        var creation = WireJson.Clone(RequestFor(null, _ => null))!;
        creation.Tags ??= copiedTags;
        return creation;
    }

    /// <summary>The request that makes a service equal to the definition: the members that differ, each one whole, and always the source.</summary>
    /// <param name="actual">The service.</param>
    /// <param name="differences">The differences to apply; null sends every member.</param>
    /// <returns>The request, without the ARNs of what is <see cref="Missing"/>.</returns>
    public UpdateServiceRequest ToUpdate(ServiceSnapshot actual, IReadOnlyList<ServiceDifference>? differences)
    {
        var current = actual.Service;
        var missing = Missing(actual);
        var whole = RequestFor(current, content => missing.Contains(content) ? null : content.UsedBy(actual)?.ResourceArn);
        var changed = differences?.Select(difference => difference.Path.Split('.', '[')[0]).ToArray();
        var update = new UpdateServiceRequest { ServiceArn = current.ServiceArn };
        foreach (var member in RequestRules.MembersOf(typeof(UpdateServiceRequest)))
        {
            var name = member.Property.Name;
            if (typeof(CreateServiceRequest).GetProperty(name) is not { } source || source.GetValue(whole) is not { } value)
                continue;
            if (name != nameof(UpdateServiceRequest.SourceConfiguration) && changed is not null && !changed.Contains(name) && !changed.Contains(name.Replace("Arn", string.Empty)))
                continue;
            member.Property.SetValue(update, RequestRules.IsShape(value.GetType()) ? Whole(value, typeof(Service).GetProperty(name)?.GetValue(current)) : value);
        }

        update.SourceConfiguration ??= WireJson.Clone(current.SourceConfiguration);
        return update;
    }

    // A member as it is sent: with the defaults of the API, and with what is not managed as the service has it.
    private static object Whole(object desired, object? current)
    {
        var whole = Defaults.Fill(WireJson.Clone(desired)!);
        Keep(whole, current);
        return whole;
    }

    private static void Keep(object desired, object? current)
    {
        // What is kept for one kind of repository may be refused for another, such as automatic deployments and the access role for ECR Public.
        if (desired is SourceConfiguration { ImageRepository.ImageRepositoryType: { } type } && current is SourceConfiguration source && source.ImageRepository?.ImageRepositoryType != type)
            current = new SourceConfiguration { ImageRepository = source.ImageRepository };
        foreach (var member in RequestRules.MembersOf(desired.GetType()))
        {
            var (value, has) = (member.Property.GetValue(desired), current is null || current.GetType() != desired.GetType() ? null : member.Property.GetValue(current));
            if (value is null or "" && member.KeptIfAbsent)
                member.Property.SetValue(desired, WireJson.Clone(has as object is { } kept && RequestRules.IsShape(kept.GetType()) ? kept : null) ?? has);
            else if (value is null or ICollection { Count: 0 } && typeof(IDictionary).IsAssignableFrom(member.Property.PropertyType))
                member.Property.SetValue(desired, has is ICollection { Count: > 0 } ? Activator.CreateInstance(member.Property.PropertyType) : null); // An empty map removes the entries.
            else if (value is not null && RequestRules.IsShape(value.GetType()))
                Keep(value, has);
        }
    }

    // The default configuration of the region that a service was copied from is meant only in that region and account.
    private CreateServiceRequest RequestFor(Service? current, Func<SharedContent, string?> arnOf)
    {
        var whole = SharedContent.WithArns(resolved, Contents, arnOf);
        if (!HasDefaultScaling || Contents.Any(content => content.Content is CreateAutoScalingConfigurationRequest)
            || (CopyOf is not null && Arn.TryParse(current?.ServiceArn, out var arn) && arn.Region == CopyOf.Region && arn.AccountId == CopyOf.AccountId))
        {
            return whole;
        }

        whole = WireJson.Clone(whole)!;
        whole.AutoScalingConfigurationArn = null;
        return whole;
    }
}
