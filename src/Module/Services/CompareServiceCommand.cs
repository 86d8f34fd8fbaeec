using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Compares definitions with the services that exist. Writes an object for each difference, and nothing where they are equal. Changes nothing.
/// </summary>
[Cmdlet(VerbsData.Compare, "ARService", DefaultParameterSetName = ParametersSet)]
[OutputType(typeof(ServiceDifference), typeof(bool))]
public sealed class CompareServiceCommand : DefinitionCommand
{
    private const string ParametersSet = "Parameters";
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private Task written = Task.CompletedTask;
    private volatile bool isEqual = true;

    /// <summary>The services to compare with the definition: names, ARNs, or objects with ServiceArn. Default: the service that the definition names.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParametersSet)]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet)]
    [Alias("ServiceName", "Name", "ServiceArn")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Definitions as for New-ARService: hashtables, objects from JSON or CSV, JSON text, CreateServiceRequests, other services, source configurations, or files. Parameters take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [DefinitionTransformation]
    public DefinitionObject? InputObject { get; set; }

    /// <summary>JSON files as for New-ARService; wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>As Path, but wildcard characters are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The image (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

    /// <summary>Tags, as a hashtable (API: Tags). Added to the tags of a definition; these take precedence.</summary>
    [Parameter]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <summary>The key for the copy of the source and the logs (API: EncryptionConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(EncryptionConfiguration))]
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <summary>Writes one Boolean for all definitions instead: true if all services exist and none differs.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <inheritdoc/>
    private protected override string[] TerminatingErrors => [.. base.TerminatingErrors, ErrorIds.NoRegion];

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == ParametersSet)
            isEqual &= Errors.Guard(() => CompareEach(new DefinitionInput { Value = new Dictionary<string, object?>() }));
        else if (!Definitions.Read(Path, LiteralPath, InputObject?.Source, CompareEach))
            isEqual = false;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        if (Quiet)
            WriteObject(isEqual);
    }

    private void CompareEach(DefinitionInput input)
    {
        if (Service.Length == 0)
        {
            var desired = ReadDesired(input);
            if (string.IsNullOrEmpty(desired.ServiceName))
                throw new InvalidParameterException(input.Describe("The definition names no service. Specify -Service, or ServiceName in the definition."));
            Compare(desired, new ResourceIdentity(desired.ServiceName, null, desired.ServiceName));
        }

        foreach (var service in Service)
        {
            if (service.Problem is { } problem)
                throw new InvalidParameterException(problem);
            Compare(ReadDesired(input, service), service);
        }
    }

    private void Compare(DesiredService desired, ResourceIdentity service)
    {
        // The calls run concurrently, and the output has the order of the input.
        var (previous, done) = (written, new TaskCompletionSource<bool>());
        written = done.Task;
        Work.Enqueue(Errors.Target, async () =>
        {
            try
            {
                var differences = await CompareAsync(desired, service).ConfigureAwait(false);
                isEqual &= differences.Count == 0;
                await previous.ConfigureAwait(false);
                if (!Quiet && differences.Count > 0)
                    await Work.PostAsync(() => WriteObject(differences, enumerateCollection: true)).ConfigureAwait(false);
            }
            catch
            {
                isEqual = false;
                throw;
            }
            finally
            {
                done.TrySetResult(true);
            }
        });
    }

    private async Task<IReadOnlyList<ServiceDifference>> CompareAsync(DesiredService desired, ResourceIdentity service)
    {
        var arn = Arn.TryParse(service.Arn, out var given) ? given : null;
        var connection = await Connections.ConnectAsync(arn?.Region ?? Region).ConfigureAwait(false);
        await desired.ResolveAsync(Resolver, connection).ConfigureAwait(false);
        arn ??= (await Resolver.FindAsync(service.Name!, ResourceKind.Service, connection).ConfigureAwait(false)).Found;
        var actual = await desired.ReadAsync(arn, connection, Stopped).ConfigureAwait(false);
        var tags = desired.NeedsCopiedTags(arn) ? await ReadCopiedTagsAsync(desired.CopyOf!).ConfigureAwait(false) : null;
        if (tags is not null && actual is not null)
            await actual.ReadAsync(connection, SnapshotParts.Tags, Stopped).ConfigureAwait(false);
        return desired.Compare(actual, tags);
    }
}
