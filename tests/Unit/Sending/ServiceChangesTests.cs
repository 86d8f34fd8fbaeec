using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Sending;
using AppRunner.Unit.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Sending;

public class ServiceChangesTests
{
    private const string Arn = "arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa";

    private static readonly NetworkException Lost = new("the response was cut off", mayHaveArrived: true);

    private readonly FakeClock clock = new(FakeTime.Jumps);
    private Service? created;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_lost_CreateService_response_is_recovered_despite_clock_skew(int serverIsAhead)
    {
        var client = Client(serverIsAhead, create: () =>
        {
            created = ServiceOf(Request(), clock.UtcNow.AddSeconds(serverIsAhead));
            return Lost;
        });

        var service = (await new ServiceChanges(client, clock).CreateAsync(Request(), Token)).Service;

        service.ServiceArn.ShouldBe(Arn);
        service.OperationId.ShouldBe("operation");
        client.CountOf<CreateServiceRequest>().ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task An_identical_service_that_existed_before_is_ServiceAlreadyExists(int serverIsAhead)
    {
        created = ServiceOf(Request(), clock.UtcNow.AddSeconds(serverIsAhead - 10));

        var error = await Should.ThrowAsync<ServiceAlreadyExistsException>(() => new ServiceChanges(Client(serverIsAhead, () => Lost), clock).CreateAsync(Request(), Token));

        error.Message.ShouldContain(Arn);
        error.InnerException.ShouldBeSameAs(Lost);
    }

    [Fact]
    public async Task A_new_service_with_another_configuration_is_not_ours()
    {
        var other = Request();
        other.SourceConfiguration!.ImageRepository!.ImageIdentifier = "public.ecr.aws/nginx/nginx:other";
        var client = Client(0, () =>
        {
            created = ServiceOf(other, clock.UtcNow);
            return Lost;
        });

        await Should.ThrowAsync<ServiceAlreadyExistsException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));
    }

    [Fact]
    public async Task A_service_that_is_listed_late_is_still_found()
    {
        var lists = 0;
        var client = new FakeClient(request => request switch
        {
            CreateServiceRequest => Lost,
            ListServicesRequest when ++lists < 4 => new ListServicesResponse { ServiceSummaryList = [] },
            ListServicesRequest => new ListServicesResponse { ServiceSummaryList = [ServiceOf(Request(), clock.UtcNow)] },
            _ => Common(request, ServiceOf(Request(), clock.UtcNow)),
        });

        (await new ServiceChanges(client, clock).CreateAsync(Request(), Token)).Service.ServiceArn.ShouldBe(Arn);
    }

    [Fact]
    public async Task A_service_that_was_listed_once_but_not_read_is_reported_as_not_known()
    {
        var lists = 0;
        var client = new FakeClient(request => request switch
        {
            CreateServiceRequest => Lost,
            ListServicesRequest when ++lists == 1 => new ListServicesResponse { ServiceSummaryList = [ServiceOf(Request(), clock.UtcNow)] },
            ListServicesRequest => new ListServicesResponse { ServiceSummaryList = [] },
            DescribeServiceRequest => new NetworkException("no connection", mayHaveArrived: false),
            _ => Common(request, ServiceOf(Request(), clock.UtcNow)),
        });

        var error = await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));

        error.Message.ShouldContain("it is not known whether this request created it");
        error.RecommendedAction!.ShouldContain("A service that was created costs money.");
    }

    [Fact]
    public async Task A_service_that_is_never_listed_is_reported_with_advice_and_CreateService_is_not_retried()
    {
        var client = Client(0, () => Lost);

        var error = await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));

        error.Message.ShouldContain("most probably not created");
        error.RecommendedAction!.ShouldContain("run the command again");
        client.CountOf<CreateServiceRequest>().ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_did_not_arrive_starts_no_lookup()
    {
        var client = Client(0, () => new NetworkException("refused", mayHaveArrived: false));

        await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_conflict_with_our_own_earlier_attempt_is_a_success()
    {
        var client = Client(0, () =>
        {
            created = ServiceOf(Request(), clock.UtcNow);
            return new InvalidRequestException("Service with the provided name already exists: web1.") { MayHaveTakenEffect = true };
        });

        (await new ServiceChanges(client, clock).CreateAsync(Request(), Token)).Service.ServiceArn.ShouldBe(Arn);
    }

    [Fact]
    public async Task A_name_conflict_after_a_5xx_response_and_a_role_that_cannot_be_assumed_is_our_own()
    {
        var attempts = 0;
        var client = Client(0, () =>
        {
            created = ServiceOf(Request(), clock.UtcNow);
            return attempts++ == 0
                ? new InvalidRequestException("Error in assuming access role arn:aws:iam::123456789012:role/access") { MayHaveTakenEffect = true }
                : new InvalidRequestException("Service with the provided name already exists: web1.");
        });

        (await new ServiceChanges(client, clock).CreateAsync(Request(), Token)).Service.ServiceArn.ShouldBe(Arn);
    }

    [Fact]
    public async Task A_name_conflict_at_the_first_attempt_is_an_error_without_a_lookup()
    {
        var client = Client(0, () => new InvalidRequestException("Service with the provided name already exists: web1."));

        (await Should.ThrowAsync<InvalidRequestException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token))).ErrorId.ShouldBe(ErrorIds.ServiceAlreadyExists);

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task CreateService_is_retried_until_a_new_role_can_be_assumed()
    {
        var attempts = 0;
        var client = Client(0, () => ++attempts < 4 ? new InvalidRequestException("Error in assuming access role x") : new CreateServiceResponse { Service = ServiceOf(Request(), clock.UtcNow), OperationId = "operation" });
        var reported = new List<string>();

        (await new ServiceChanges(client, clock, reported.Add).CreateAsync(Request(), Token)).Service.OperationId.ShouldBe("operation");

        reported.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_role_that_cannot_be_assumed_is_an_error_after_two_minutes()
    {
        var began = clock.UtcNow;
        var client = Client(0, () => new InvalidRequestException("Error in assuming instance role x"));

        (await Should.ThrowAsync<InvalidRequestException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token))).ErrorId.ShouldBe(ErrorIds.AccessRoleNotAssumable);

        (clock.UtcNow - began).ShouldBeInRange(TimeSpan.FromSeconds(100), RoleRetry.Timeout);
    }

    [Fact]
    public async Task A_lost_PauseService_response_is_recovered_by_its_operation_and_not_an_earlier_one()
    {
        var before = new Operation { Id = "earlier", Type = OperationType.PauseService, StartedAt = clock.UtcNow.AddSeconds(-60) };
        Operation? begun = null;
        var client = new FakeClient(request =>
        {
            if (request is PauseServiceRequest)
            {
                begun = new Operation { Id = "ours", Type = OperationType.PauseService, StartedAt = clock.UtcNow };
                return Lost;
            }

            return request is ListOperationsRequest ? new ListOperationsResponse { OperationSummaryList = begun is null ? [before] : [begun, before] } : Common(request, ServiceOf(Request(), clock.UtcNow));
        });

        (await new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token)).Service.OperationId.ShouldBe("ours");
        client.CountOf<PauseServiceRequest>().ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_PauseService_request_is_reported_and_not_retried()
    {
        var before = new Operation { Id = "earlier", Type = OperationType.PauseService, StartedAt = clock.UtcNow.AddSeconds(-60) };
        var client = new FakeClient(request => request switch
        {
            PauseServiceRequest => Lost,
            ListOperationsRequest => new ListOperationsResponse { OperationSummaryList = [before] },
            _ => Common(request, null),
        });

        (await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token)))
            .Message.ShouldContain("most probably not started");
        client.CountOf<PauseServiceRequest>().ShouldBe(1);
    }

    [Theory]
    [InlineData(false, ErrorIds.InvalidServiceState)]
    [InlineData(true, null)]
    public async Task OPERATION_IN_PROGRESS_is_an_error_unless_our_own_earlier_attempt_started_it(bool failedBefore, string? errorId)
    {
        var client = new FakeClient(request => request switch
        {
            PauseServiceRequest => new InvalidStateException("busy") { MayHaveTakenEffect = failedBefore },
            ListOperationsRequest => new ListOperationsResponse { OperationSummaryList = [new Operation { Id = "ours", Type = OperationType.PauseService, StartedAt = clock.UtcNow }] },
            _ => Common(request, ServiceOf(Request(), clock.UtcNow)),
        });
        var change = new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token);

        if (errorId is null)
            (await change).Service.OperationId.ShouldBe("ours");
        else
            (await Should.ThrowAsync<InvalidStateException>(() => change)).ErrorId.ShouldBe(errorId);
    }

    private static CreateServiceRequest Request() => new()
    {
        ServiceName = "web1",
        SourceConfiguration = new SourceConfiguration
        {
            ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/nginx/nginx:1", ImageRepositoryType = ImageRepositoryType.EcrPublic },
        },
        InstanceConfiguration = new InstanceConfiguration { Cpu = "0.5 vCPU", Memory = "1 GB" },
        Tags = [new Tag { Key = "a", Value = "b" }],
    };

    private static Service ServiceOf(CreateServiceRequest request, DateTime createdAt) => new()
    {
        ServiceArn = Arn,
        ServiceName = request.ServiceName,
        Status = ServiceStatus.OperationInProgress,
        CreatedAt = createdAt,
        SourceConfiguration = request.SourceConfiguration,
        InstanceConfiguration = new InstanceConfiguration { Cpu = "512", Memory = "1024" },
        HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = "TCP", Interval = 5 },
    };

    private static object Common(AppRunnerRequest request, Service? service) => request switch
    {
        DescribeServiceRequest => new DescribeServiceResponse { Service = service },
        ListOperationsRequest => new ListOperationsResponse { OperationSummaryList = [new Operation { Id = "operation", Type = OperationType.CreateService }] },
        _ => throw new InvalidOperationException(request.Operation),
    };

    private FakeClient Client(int serverIsAhead, Func<object> create) => new(request => request switch
    {
        CreateServiceRequest => create(),
        ListServicesRequest => new ListServicesResponse { ServiceSummaryList = created is null ? [] : [created], ServerTime = clock.UtcNow.AddSeconds(serverIsAhead) },
        ListOperationsRequest => new ListOperationsResponse { OperationSummaryList = [new Operation { Id = "operation", Type = OperationType.CreateService, StartedAt = created!.CreatedAt }], ServerTime = clock.UtcNow.AddSeconds(serverIsAhead) },
        _ => Common(request, created),
    });
}
