using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>Sends requests that take effect immediately: calls ShouldProcess, and adds a recommended action if the response was lost.</summary>
/// <param name="cmdlet">The cmdlet that sends.</param>
/// <param name="errors">Has the target of the current record.</param>
/// <param name="work">Runs the calls in the background.</param>
/// <param name="interrupted">Collects the requests that are in flight, for a warning after Ctrl+C.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class RequestSender(PSCmdlet cmdlet, ErrorReporter errors, BackgroundWork work, InterruptedWorkNotice interrupted, CancellationToken stopped)
{
    // Every resource that can be changed has a Get cmdlet with the same noun.
    private string GetCmdlet => "Get-" + cmdlet.GetType().GetCustomAttribute<CmdletAttribute>()!.NounName.Replace("ARDefault", "AR");

    /// <summary>Calls ShouldProcess and sends a request.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="target">The target for ShouldProcess (<see cref="Confirmation.TargetOf(ResolvedResource, string?)"/>).</param>
    /// <param name="action">The action for ShouldProcess: a verb.</param>
    /// <param name="connection">The connection to send with.</param>
    /// <param name="write">Called on the pipeline thread with the response, to write the output.</param>
    /// <param name="removed">The resource to remove, if services may use it: a refusal then names them.</param>
    public void Send<TResponse>(AppRunnerRequest<TResponse> request, string target, string action, IAppRunnerConnection connection, Action<TResponse> write, (ResourceKind Kind, string Arn)? removed = null)
        where TResponse : AppRunnerResponse
    {
        if (!Confirmation.ShouldSend(cmdlet, request, target, action, connection))
            return;
        work.Enqueue(errors.Target, async () =>
        {
            TResponse response;
            using (interrupted.Begin($"Stopped before the response to {request.Operation} for {target} arrived: check with {GetCmdlet} whether it took effect."))
                response = await SendOnceAsync(request, connection, removed).ConfigureAwait(false);
            await work.PostAsync(() => write(response)).ConfigureAwait(false);
        });
    }

    /// <summary>Gets a member that a response must have.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="part">The member; null if the response has none.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">The response.</param>
    /// <returns>The member.</returns>
    /// <exception cref="InternalServiceErrorException">The response does not have it, or has no ARN or no value in it.</exception>
    public static T RequireResult<T>(T? part, AppRunnerRequest request, AppRunnerResponse response)
        where T : class => part is null or IResource { ResourceArn: null or "" } || RequestRules.WireMembers(part.GetType()).All(member => member.GetValue(part) is null or "" or ICollection { Count: 0 })
            ? throw new InternalServiceErrorException($"The response to {request.Operation} is incomplete: it has no result.")
            {
                RequestId = response.RequestId,
                RecommendedAction = request.ChangesState ? "The request may have taken effect. Check with the Get cmdlet of the resource before you run the command again." : null,
            }
            : part;

    private async Task<TResponse> SendOnceAsync<TResponse>(AppRunnerRequest<TResponse> request, IAppRunnerConnection connection, (ResourceKind Kind, string Arn)? removed)
        where TResponse : AppRunnerResponse
    {
        try
        {
            return await connection.SendAsync(request, stopped).ConfigureAwait(false);
        }
        catch (AppRunnerServiceException refused) when (removed is not null && refused is InvalidRequestException or InvalidStateException)
        {
            var (kind, arn) = removed.Value;
            var users = await ResourceUsers.NamesAsync(kind, arn, connection, stopped).ConfigureAwait(false);
            if (users.Count > 0)
            {
                refused.Note = $"It is used by {string.Join(", ", users)}.";
                refused.RecommendedAction = $"Nothing was changed. First give what uses it another {kind.DisplayName}, or remove it.";
            }

            throw;
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            lost.RecommendedAction = $"The response to {request.Operation} was lost, so it may have taken effect. Check with {GetCmdlet} before you run the command again.";
            throw;
        }
        catch (AppRunnerServiceException failed) when (failed is { MayHaveTakenEffect: true, StatusCode: >= 500 })
        {
            failed.RecommendedAction = $"{request.Operation} may have taken effect in spite of the error. Check with {GetCmdlet} before you run the command again.";
            throw;
        }
    }
}
