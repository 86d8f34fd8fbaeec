using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using System.Threading.Tasks;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Common;

/// <summary>The base of cmdlets that work in one region at a time.</summary>
public abstract class RegionalCommand : RemoteCommand
{
    /// <summary>The region, such as <c>eu-west-1</c>. The region of an ARN wins. Default: Set-ARContext, then AWS_REGION, AWS_DEFAULT_REGION, the profile, the instance.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    // Whatever is changed can be read, under the same noun.
    private string Reader => "Get-" + GetType().GetCustomAttribute<CmdletAttribute>()!.NounName.Replace("ARDefault", "AR");

    /// <summary>Works on one resource after the other; an error with one of them does not keep the others from their turn.</summary>
    /// <param name="identities">What the caller gave.</param>
    /// <param name="kind">What names mean.</param>
    /// <param name="work">Gets each resource, and what its errors are about.</param>
    private protected void ForEach(IEnumerable<ResourceIdentity> identities, ResourceKind kind, Action<ResolvedResource> work)
    {
        foreach (var identity in identities)
        {
            Target = identity.Target;
            Guard(() =>
            {
                var resource = Await(() => ResolveAsync(identity, kind, Region));
                Target = identity.TargetAt(resource.Arn);
                work(resource);
            });
        }
    }

    /// <summary>Asks for permission and sends a request that changes something at once.</summary>
    /// <typeparam name="TResponse">The type of its answer.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="caption">What it is done to, for ShouldProcess.</param>
    /// <param name="action">What is done, for ShouldProcess: a verb.</param>
    /// <param name="connection">Where to send.</param>
    /// <param name="answered">Called on the pipeline's thread with the answer: writes what there is to write.</param>
    private protected void Send<TResponse>(AppRunnerRequest<TResponse> request, string caption, string action, IAppRunnerConnection connection, Action<TResponse> answered)
        where TResponse : AppRunnerResponse
    {
        if (!IsAllowed(request, caption, action, connection))
            return;
        var target = Target;
        Enqueue(target, async () =>
        {
            var answer = await TrackedAsync(
                $"{request.Operation} for {caption} was sent, its answer not awaited: look with {Reader} whether it took effect.",
                () => SendOnceAsync(request, connection)).ConfigureAwait(false);
            await PostAsync(() => answered(answer)).ConfigureAwait(false);
        });
    }

    private async Task<TResponse> SendOnceAsync<TResponse>(AppRunnerRequest<TResponse> request, IAppRunnerConnection connection)
        where TResponse : AppRunnerResponse
    {
        try
        {
            return await connection.SendAsync(request, Stopped).ConfigureAwait(false);
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            lost.RecommendedAction = $"The answer of {request.Operation} was lost, so it may have taken effect: look with {Reader} before running the command again.";
            throw;
        }
    }
}
