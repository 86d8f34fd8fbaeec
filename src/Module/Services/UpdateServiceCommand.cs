using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Updates services (API: UpdateService). Only the given settings are changed: InstanceConfiguration, HealthCheckConfiguration and the
/// short parameters of the source are merged with the current values. A definition may come from files or InputObject; parameters are laid over it.
/// </summary>
[Cmdlet(VerbsData.Update, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ServiceSet)]
[OutputType(typeof(Service))]
public sealed class UpdateServiceCommand : ServiceSettingsCommand
{
    private const string ServiceSet = "Service";
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The services: names, ARNs, or objects with ServiceArn. A hashtable, row or JSON text may also have settings; parameters take precedence. Default with a definition: the service that it names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ServiceSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service), TakesSettings = true)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>A definition as for New-ARService, not from the pipeline: a hashtable, an object, JSON text, a request, a service, a source configuration.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet)]
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

    /// <summary>A new image or tag (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

    /// <summary>Environment variables to add or change, as a hashtable; the others are kept. Never shown (API: RuntimeEnvironmentVariables).</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    public Dictionary<string, string>? SetEnvironmentVariable { get; set; }

    /// <summary>Names of environment variables to remove; the others are kept (API: RuntimeEnvironmentVariables).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentVariableCompleter))]
    public string[]? RemoveEnvironmentVariable { get; set; }

    /// <summary>Environment variables with ARNs of secrets or parameters to add or change, as a hashtable; the others are kept. Never shown (API: RuntimeEnvironmentSecrets).</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    public Dictionary<string, string>? SetEnvironmentSecret { get; set; }

    /// <summary>Names of environment variables with secrets to remove; the others are kept (API: RuntimeEnvironmentSecrets).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentSecretCompleter))]
    public string[]? RemoveEnvironmentSecret { get; set; }

    /// <summary>Sends the update even if the service already has all settings.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName != ServiceSet)
        {
            var inputs = new List<DefinitionInput>();
            Definitions.Read(Path, LiteralPath, InputObject?.Source, inputs.Add);
            if (inputs.Count > 1 && Service.Length > 0)
                throw new InvalidParameterException($"There are {inputs.Count} definitions. Leave out -Service: each definition then changes the service that it names.");
            foreach (var input in inputs)
            {
                Errors.Target = input.TargetOf(null);
                Errors.Guard(() => ChangeEach(input, Service.Length > 0 ? Service : [ServiceIn(input)], isFromPipeline: false));
            }

            return;
        }

        foreach (var identity in Service)
        {
            // JSON text, and the output of the AWS CLI as an object, contain what identifies the services.
            if (IsDocument(identity))
                Definitions.ReadObject(identity.Source!, input => ChangeEach(input, [IdentityOf(RequireValue(input))], isFromPipeline: true));
            else
                ChangeEach(new DefinitionInput { Value = identity.Source }, [identity], isFromPipeline: true);
        }
    }

    private static bool IsDocument(ResourceIdentity identity) => identity.Value is string text
        ? JsonText.IsDocument(text)
        : identity is { Problem: not null, Source: { } source } && ObjectBinder.MembersOf(source) is not null;

    private object RequireValue(DefinitionInput input)
    {
        if (input.Value is null)
            Errors.ReportProblems(input.At(input.Problems), input.Describe("The definition"));
        return input.Value!;
    }

    private ResourceIdentity ServiceIn(DefinitionInput input) => IdentityOf(RequireValue(input)) is { Problem: null } identity
        ? identity
        : throw new InvalidParameterException(input.Describe("The definition names no service. Specify -Service, or ServiceName in the definition."));

    private void ChangeEach(DefinitionInput input, IEnumerable<ResourceIdentity> services, bool isFromPipeline)
    {
        foreach (var identity in services)
        {
            Errors.Target = input.File ?? identity.Target;
            Errors.Guard(() => Change(identity, input, isFromPipeline));
        }
    }

    private void Change(ResourceIdentity identity, DefinitionInput input, bool isFromPipeline)
    {
        var problems = new List<Problem>();
        var definition = isFromPipeline ? ServiceDefinition.FromChange(input.Value, problems) : ReadDefinition(input, problems);
        var settings = ReadParameters(problems);

        // Single variables are changed last, in the map that results from everything else.
        (settings.Environment, definition.Environment) = (definition.Environment, settings.Environment);
        Parameters.BindCommandLine(settings.Environment, problems);

        // Single variables can be laid over the map of a definition, but not over one that is given beside them.
        string? Replaces(string member, object? map, object? mapOfDefinition) => map is not null || (isFromPipeline && mapOfDefinition is not null) ? member : null;
        problems.AddRange(settings.Environment.Conflicts(
            EnvironmentFile is null ? Replaces(nameof(EnvironmentVariable), settings.EnvironmentVariable, definition.EnvironmentVariable) : nameof(EnvironmentFile),
            Replaces(nameof(EnvironmentSecret), settings.EnvironmentSecret, definition.EnvironmentSecret)));

        // Report the problems that need no call first.
        Errors.ReportProblems(input.At(problems), input.Describe("The change"));
        problems.Clear();
        var service = Work.Await(() => Resolver.ResolveAsync(identity, ResourceKind.Service, Region));
        Errors.Target = input.File ?? identity.TargetAt(service.Arn);
        var current = Work.Await(() => service.Connection.DescribeAsync(service.Arn, Stopped));
        if (!isFromPipeline)
            WarnAboutFixedMembers(definition, service, current);
        var request = definition.ToUpdateRequest(current, settings, service.Arn, problems, FolderFor(service.Connection));
        if (problems.Count == 0 && RequestRules.WireMembers(typeof(UpdateServiceRequest)).Count(member => member.GetValue(request) is not null) == 1)
            throw NothingToChange(input, current);
        problems.AddRange(MergedProblems(current, request));
        problems.AddRange(RequestRules.Check(request, allowNames: true));
        problems.AddRange(SharedContent.Check(request));
        var subject = input.Describe($"The change of service \"{service.Name}\"");
        Errors.ReportProblems(input.At(problems), subject);
        var contents = SharedContent.In(request);
        request = Work.Await(() => ResolveAsync(request, contents, subject, input, service));
        var update = new ServiceUpdate(request, current);
        if (!Force && !definition.ClearsAny(current) && !settings.ClearsAny(current) && ChangesNothing(update, request, current, service))
        {
            WriteWarning($"{service.Caption} already has these settings, so no update was sent. Use -Force to send it, or Start-ARDeployment to deploy the source again.");
            WriteResource(current);
            return;
        }

        if (update.LeavesOutRole)
            WriteWarning($"{service.Caption}: The update leaves out the instance role, but App Runner keeps the role of a service then. Specify another role, or create the service again.");
        foreach (var loss in update.Losses(settings.Environment))
            WriteWarning($"{service.Caption}: {loss}");
        var differences = ServiceComparer.Compare(update.Request, current).Select(difference => difference.ToString()).ToArray();
        Operations.Send(
            update.Request,
            OperationType.UpdateService,
            Confirmation.TargetOf(service),
            "Update",
            service.Connection,
            differences,
            contents.Count == 0 ? null : async () => await Shared.ResolveAsync(update.Request, contents, service.Connection).ConfigureAwait(false));
    }

    // Content that exists is compared by its ARN; content that does not has its name until it is created.
    private async Task<UpdateServiceRequest> ResolveAsync(UpdateServiceRequest request, IReadOnlyList<SharedContent> contents, string subject, DefinitionInput input, ResolvedResource service)
    {
        var found = new Dictionary<SharedContent, string?>();
        foreach (var content in contents)
            found[content] = (await Shared.FindAsync(content, service.Connection).ConfigureAwait(false))?.ResourceArn ?? content.Name;
        var account = Arn.TryParse(service.Arn, out var arn) ? arn.AccountId : null;
        var resolved = await ResourceReferences.ResolveAsync(SharedContent.WithArns(request, contents, _ => null), subject, input.At, Resolver, service.Connection, account).ConfigureAwait(false);
        return SharedContent.WithArns(resolved, contents, content => found[content]);
    }

    // A whole definition also has members that only CreateService takes.
    private void WarnAboutFixedMembers(ServiceDefinition definition, ResolvedResource service, Service current)
    {
        var desired = new CreateServiceRequest { Tags = definition.Tag, EncryptionConfiguration = definition.EncryptionConfiguration };
        var tags = definition.Tag is null ? null : Work.Await(() => ReadTagsAsync(service.Connection, service.Arn));
        var members = ServiceComparer.Compare(desired, current, tags).Select(difference => difference.Path.Split('.', '[')[0]).Distinct().ToArray();
        if (members.Length > 0)
            WriteWarning($"{service.Caption}: the definition differs from the service in {string.Join(" and ", members)}, which an update does not change. Tags are changed by Add-ARResourceTag and Remove-ARResourceTag; the key is set when a service is created.");
    }

    // A service from the pipeline only identifies: a stale object must not revert what others changed.
    private static InvalidParameterException NothingToChange(DefinitionInput input, Service current) =>
        input.Value is not null && !input.IsListed && ServiceDefinition.From(input.Value, []) is { CopyOf: not null, SourceConfiguration: not null } given
            && ServiceComparer.Compare(given.ToCreateRequest([]), current).Count > 0
            ? new($"Nothing to change: a service from the pipeline only says which service is meant. The values of this object differ from those of the service; to send them, use Update-ARService {current.ServiceName} -InputObject $service, or Publish-ARService -InputObject $service.")
            {
                RecommendedAction = "Nothing was changed. Give the settings to change as parameters. To send the values of the object, use a command of the message: it reverts what others changed since the object was read.",
            }
            : new("Nothing to change: specify at least one setting, such as -ImageIdentifier, -Cpu or -HealthCheckConfiguration.") { RecommendedAction = "Nothing was changed. Add what to change to the command." };

    // An ARN without a revision means the latest, so it must be known which one that is. If it is not, App Runner decides.
    private bool ChangesNothing(ServiceUpdate update, UpdateServiceRequest request, Service current, ResolvedResource service)
    {
        if (!update.ChangesNothing)
            return false;
        try
        {
            return new ServiceUpdate(Work.Await(() => ResourceReferences.CompleteAsync(request, Resolver, service.Connection)), current).ChangesNothing;
        }
        catch (AppRunnerServiceException)
        {
            return false;
        }
    }

    // What is wrong only together with the settings that the update keeps.
    private static IEnumerable<Problem> MergedProblems(Service current, UpdateServiceRequest request)
    {
        if (RunSettingRules.RoleForSecrets(request.SourceConfiguration ?? current.SourceConfiguration, request.InstanceConfiguration ?? current.InstanceConfiguration) is { } problem)
            yield return problem;
        if (request.NetworkConfiguration is { } network
            && NetworkConfiguration.AddressProblem(network.IpAddressType ?? current.NetworkConfiguration?.IpAddressType, network.IngressConfiguration ?? current.NetworkConfiguration?.IngressConfiguration) is { } replaced)
        {
            yield return replaced.Under(nameof(NetworkConfiguration));
        }

        if (current.SourceConfiguration is { } before && request.SourceConfiguration is { } after
            && ((before.ImageRepository is not null && after.CodeRepository is not null) || (before.CodeRepository is not null && after.ImageRepository is not null)))
        {
            yield return new Problem("SourceConfiguration", $"the service's source is {(before.ImageRepository is null ? "a code repository" : "an image")}, and an update cannot change the kind of source; create a new service.");
        }
    }
}
