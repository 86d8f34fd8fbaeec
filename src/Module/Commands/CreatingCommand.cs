using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>The base of cmdlets that create a resource other than a service. Parameters with the name of a request's member set that member.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">Its response.</typeparam>
public abstract class CreatingCommand<TRequest, TResponse> : RemoteCommand<string>
    where TRequest : AppRunnerRequest<TResponse>, new()
    where TResponse : AppRunnerResponse
{
    private ParameterBinder parameters = null!;

    /// <summary>A definition of the resource: a hashtable or an object with the parameters of this cmdlet as members, or a resource to copy. Parameters on the command line take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Tags, as a hashtable; at most 50 (API: Tags).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <summary>The name of the new resource.</summary>
    private protected abstract string? NewName { get; }

    /// <summary>The kind of the new resource.</summary>
    private protected abstract ResourceKind Kind { get; }

    /// <summary>Whether an active revision with equal content is written instead of creating another one.</summary>
    private protected virtual bool IsReused => false;

    /// <inheritdoc/>
    private protected override string[] TerminatingErrors => [.. base.TerminatingErrors, ErrorIds.NoRegion];

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        parameters = new ParameterBinder(this, Input.IsGiven);
        Input.IsReportedByCmdlet = true;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Errors.Target = NewName;
        var problems = Input.Problems.ToList();

        // An object without members: do not report each missing one.
        if (Input.IsRejected)
            Errors.ReportProblems(problems, $"The definition of {Kind.WithArticle}");
        var request = new TRequest();
        parameters.Bind(request, problems);
        if (Tag is not null)
        {
            problems.AddRange(BindingProblems.Of(Tag, nameof(Tag)));
            typeof(TRequest).GetProperty("Tags")!.SetValue(request, Tag);
        }

        Adjust(request);
        problems.AddRange(RequestRules.Check(request));
        Errors.ReportProblems(problems, $"The definition of {Kind.DisplayName} \"{NewName}\"");
        var connection = Work.Await(() => Connections.ConnectAsync(Region));
        if (IsReused && Work.Await(() => new SharedSettings(message => RequestDisplay.Verbose(this, message), Stopped).FindAsync(new SharedContent(Kind.DisplayName, string.Empty, request), connection)) is { } existing)
        {
            RequestDisplay.Verbose(this, $"The {Kind.DisplayName} {existing} has the same content. It is used, and nothing was created.");
            WriteResource(existing);
            return;
        }

        Requests.Send(request, Confirmation.TargetOf($"{Kind.DisplayName} {NewName}", connection), "Create", connection, response => WriteCreated(RequestSender.RequireResult(ResultOf(response), request, response), connection));
    }

    /// <summary>The new resource.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The resource; null if the response has none.</returns>
    private protected abstract IResource? ResultOf(TResponse response);

    /// <summary>Sets the members that have no parameter of the same name.</summary>
    /// <param name="request">The request.</param>
    private protected virtual void Adjust(TRequest request)
    {
    }

    /// <summary>Writes the new resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="connection">The connection to its region.</param>
    private protected virtual void WriteCreated(IResource resource, IAppRunnerConnection connection) => WriteResource(resource);
}
