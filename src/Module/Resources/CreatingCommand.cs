using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Common;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Resources;

/// <summary>The base of cmdlets that create a resource other than a service: parameters named as the request's members become its members.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">Its answer.</typeparam>
public abstract class CreatingCommand<TRequest, TResponse> : RegionalCommand
    where TRequest : AppRunnerRequest<TResponse>, new()
    where TResponse : AppRunnerResponse
{
    private ShapeFiller filler = null!;

    /// <summary>Tags, as a hashtable; at most 50 (API: Tags).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <summary>The name that is to be created.</summary>
    private protected abstract string? NewName { get; }

    /// <summary>What is created.</summary>
    private protected abstract ResourceKind Kind { get; }

    /// <inheritdoc/>
    private protected override bool IsHopeless(string errorId) => base.IsHopeless(errorId) || errorId == ErrorIds.NoRegion;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        filler = new ShapeFiller(this);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Target = NewName;
        var problems = new List<Problem>();
        var request = new TRequest();
        filler.Fill(request, problems);
        if (Tag is not null)
        {
            problems.AddRange(BindingProblems.Of(Tag, nameof(Tag)));
            typeof(TRequest).GetProperty("Tags")!.SetValue(request, Tag);
        }

        Adjust(request);
        problems.AddRange(RequestRules.Check(request));
        Settle(problems, $"The definition of {Kind.Words} \"{NewName}\"");
        var connection = Await(() => ConnectAsync(Region));
        Send(request, $"{NewName} ({connection.Region})", "Create", connection, answer => WriteCreated(Need(ResultOf(answer), request, answer), connection));
    }

    /// <summary>The new resource.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The resource; null where the answer lacks it.</returns>
    private protected abstract IResource? ResultOf(TResponse answer);

    /// <summary>Sets what is not a parameter of the same name.</summary>
    /// <param name="request">The request.</param>
    private protected virtual void Adjust(TRequest request)
    {
    }

    /// <summary>Writes the new resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="connection">Where it was created.</param>
    private protected virtual void WriteCreated(IResource resource, IAppRunnerConnection connection) => WriteResource(resource);
}
