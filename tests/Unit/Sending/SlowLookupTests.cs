using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Sending;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Sending;

public class SlowLookupTests
{
    private const string ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_created_service_is_recognized_after_a_slow_lookup()
    {
        var busy = new Busy();
        var request = new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/a/b:c", ImageRepositoryType = "ECR_PUBLIC" } } };

        (await new ServiceChanges(busy, busy).CreateAsync(request, Token)).Service.ServiceArn.ShouldBe(ServiceArn);
    }

    [Fact]
    public async Task A_started_operation_is_recognized_after_a_slow_lookup()
    {
        var busy = new Busy();

        (await new ServiceChanges(busy, busy).ChangeAsync(new PauseServiceRequest { ServiceArn = ServiceArn }, OperationType.PauseService, Token)).Service.OperationId.ShouldBe("one");
    }

    // A service that carries out the request, loses its first response and takes 20 s for each later one.
    private sealed class Busy : IAppRunnerClient, IClock
    {
        private DateTime? doneAt;

        public DateTime UtcNow { get; private set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
        {
            UtcNow += delay;
            return Task.CompletedTask;
        }

        public Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            if (request.ChangesState)
            {
                doneAt = UtcNow;
                throw new NetworkException("lost", mayHaveArrived: true);
            }

            UtcNow += TimeSpan.FromSeconds(20);
            var service = new Service
            {
                ServiceName = "web1",
                ServiceArn = ServiceArn,
                Status = ServiceStatus.OperationInProgress,
                CreatedAt = doneAt,
                SourceConfiguration = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/a/b:c", ImageRepositoryType = "ECR_PUBLIC" } },
            };
            AppRunnerResponse response = request switch
            {
                ListServicesRequest => new ListServicesResponse { ServiceSummaryList = [service] },
                ListOperationsRequest => new ListOperationsResponse { OperationSummaryList = [new Operation { Id = "one", Type = OperationType.PauseService, StartedAt = doneAt }] },
                _ => new DescribeServiceResponse { Service = service },
            };
            response.ServerTime = UtcNow;
            return Task.FromResult((TResponse)response);
        }
    }
}
