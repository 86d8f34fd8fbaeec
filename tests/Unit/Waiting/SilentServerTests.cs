using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Waiting;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Waiting;

public class SilentServerTests
{
    [Fact]
    public async Task An_unresponsive_server_does_not_extend_a_wait_beyond_its_timeout()
    {
        using var waiter = new OperationWaiter(SystemClock.Instance, new WaitOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        var wait = waiter.WaitAsync(new Silent(), new AwaitedOperation("arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa", "one"), TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        error.InnerException.ShouldBeOfType<NetworkException>();
    }

    private sealed class Silent : IAppRunnerClient
    {
        public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
