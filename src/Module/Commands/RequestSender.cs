using System;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Commands;

/// <summary>Sends requests that change something at once: asks for permission, and says what to do where a response was lost.</summary>
/// <param name="cmdlet">The cmdlet that sends.</param>
/// <param name="errors">Knows what the record at hand is about.</param>
/// <param name="work">Runs the calls.</param>
/// <param name="interrupted">Told of what is sent and not answered.</param>
/// <param name="stopped">Ends with Ctrl+C.</param>
internal sealed class RequestSender(PSCmdlet cmdlet, ErrorReporter errors, BackgroundWork work, InterruptedWorkNotice interrupted, CancellationToken stopped)
{
    // Whatever is changed can be read, under the same noun.
    private string Reader => "Get-" + cmdlet.GetType().GetCustomAttribute<CmdletAttribute>()!.NounName.Replace("ARDefault", "AR");

    /// <summary>Asks for permission and sends a request.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="caption">What it is done to, for ShouldProcess.</param>
    /// <param name="action">What is done, for ShouldProcess: a verb.</param>
    /// <param name="connection">Where to send.</param>
    /// <param name="write">Called on the pipeline's thread with the response: writes what there is to write.</param>
    public void Send<TResponse>(AppRunnerRequest<TResponse> request, string caption, string action, IAppRunnerConnection connection, Action<TResponse> write)
        where TResponse : AppRunnerResponse
    {
        if (!Confirmation.MaySend(cmdlet, request, caption, action, connection))
            return;
        work.Enqueue(errors.Target, async () =>
        {
            TResponse response;
            using (interrupted.Begin($"{request.Operation} for {caption} was sent, its answer not awaited: look with {Reader} whether it took effect."))
                response = await SendOnceAsync(request, connection).ConfigureAwait(false);
            await work.PostAsync(() => write(response)).ConfigureAwait(false);
        });
    }

    /// <summary>A part that a response must have.</summary>
    /// <typeparam name="T">The part.</typeparam>
    /// <param name="part">What the response has.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="response">The response.</param>
    /// <returns>The part.</returns>
    /// <exception cref="InternalServiceErrorException">The response lacks it.</exception>
    public static T RequireResult<T>(T? part, AppRunnerRequest request, AppRunnerResponse response)
        where T : class => part ?? throw new InternalServiceErrorException($"{request.Operation} was answered without its result.") { RequestId = response.RequestId };

    private async Task<TResponse> SendOnceAsync<TResponse>(AppRunnerRequest<TResponse> request, IAppRunnerConnection connection)
        where TResponse : AppRunnerResponse
    {
        try
        {
            return await connection.SendAsync(request, stopped).ConfigureAwait(false);
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            lost.RecommendedAction = $"The answer of {request.Operation} was lost, so it may have taken effect: look with {Reader} before running the command again.";
            throw;
        }
    }
}
