using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Transport;
using AppRunner.Model;

namespace AppRunner.Client.Pipeline;

/// <summary>
/// Which calls are sent again, and when: the SDK's standard mode, with two differences. A call that changes something is not sent
/// again once it may have arrived without an answer. And there is no quota that parallel calls of a process share: with it, the
/// failures of some would take the retries of the others.
/// </summary>
internal sealed class RetryRules : RetryPolicy
{
    private const int Attempts = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly IClock clock;
    private readonly Random random = new();

    public RetryRules(IClock clock)
    {
        this.clock = clock;
        MaxRetries = Attempts - 1;
    }

    // The body is in memory: it can be sent any number of times.
    public override bool CanRetry(IExecutionContext executionContext) => true;

    public override bool RetryLimitReached(IExecutionContext executionContext) => executionContext.RequestContext.Retries >= MaxRetries;

    public override bool RetryForException(IExecutionContext executionContext, Exception exception)
    {
        var changesState = ((JsonCall)executionContext.RequestContext.OriginalRequest).ChangesState;
        return exception switch
        {
            TransportException transport => transport.NeverSent || !changesState,
            AmazonUnmarshallingException => !changesState,
            ErrorAnswerException { IsGatewayFailure: true } => !changesState,
            ErrorAnswerException answer => (int)answer.StatusCode is 429 or 500 or 502 or 503 or 504 || IsThrottlingError(answer) || IsServiceTimeoutError(answer),
            _ => false,
        };
    }

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
        Task.FromResult(RetryForException(executionContext, exception));

    public override void WaitBeforeRetry(IExecutionContext executionContext) => throw new NotSupportedException();

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext)
    {
        ((JsonCall)executionContext.RequestContext.OriginalRequest).Attempts++;
        return clock.Delay(Pause(executionContext.RequestContext.Retries), executionContext.RequestContext.CancellationToken);
    }

    private TimeSpan Pause(int retry)
    {
        double part;
        lock (random)
            part = random.NextDouble();
        return TimeSpan.FromSeconds(Math.Min(part * Math.Pow(2, retry - 1), LongestPause.TotalSeconds));
    }
}
