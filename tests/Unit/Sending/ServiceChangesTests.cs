using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Unit.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Sending;

public class ServiceChangesTests
{
    private const string Arn = "arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa";

    private static readonly NetworkException Lost = new("the answer was cut off", mayHaveArrived: true);

    private readonly FakeClock clock = new(FakeTime.Jumps);
    private Service? created;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_lost_creation_is_recognized_whatever_the_two_clocks_say(int serverIsAhead)
    {
        var client = Client(serverIsAhead, create: () =>
        {
            created = ServiceOf(Request(), clock.UtcNow.AddSeconds(serverIsAhead));
            return Lost;
        });

        var service = await new ServiceChanges(client, clock).CreateAsync(Request(), Token);

        service.ServiceArn.ShouldBe(Arn);
        service.OperationId.ShouldBe("operation");
        client.CountOf<CreateServiceRequest>().ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_service_that_was_there_before_is_somebody_elses_even_if_it_looks_the_same(int serverIsAhead)
    {
        created = ServiceOf(Request(), clock.UtcNow.AddSeconds(serverIsAhead - 10));

        var error = await Should.ThrowAsync<ServiceAlreadyExistsException>(() => new ServiceChanges(Client(serverIsAhead, () => Lost), clock).CreateAsync(Request(), Token));

        error.Message.ShouldContain(Arn);
        error.InnerException.ShouldBeSameAs(Lost);
    }

    [Fact]
    public async Task A_service_that_looks_otherwise_is_somebody_elses_even_if_it_is_new()
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
    public async Task A_creation_that_appears_late_is_still_found()
    {
        var lists = 0;
        var client = new FakeClient(request => request switch
        {
            CreateServiceRequest => Lost,
            ListServicesRequest when ++lists < 4 => new ListServicesResponse { ServiceSummaryList = [] },
            ListServicesRequest => new ListServicesResponse { ServiceSummaryList = [ServiceOf(Request(), clock.UtcNow)] },
            _ => Common(request, ServiceOf(Request(), clock.UtcNow)),
        });

        (await new ServiceChanges(client, clock).CreateAsync(Request(), Token)).ServiceArn.ShouldBe(Arn);
    }

    [Fact]
    public async Task A_creation_that_never_appears_is_reported_with_the_way_on_and_not_sent_again()
    {
        var client = Client(0, () => Lost);

        var error = await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));

        error.Message.ShouldContain("most probably not created");
        error.RecommendedAction!.ShouldContain("run the command again");
        client.CountOf<CreateServiceRequest>().ShouldBe(1);
    }

    [Fact]
    public async Task What_surely_never_left_is_not_looked_for()
    {
        var client = Client(0, () => new NetworkException("refused", mayHaveArrived: false));

        await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_is_taken_by_our_own_second_attempt_is_ours()
    {
        var client = Client(0, () =>
        {
            created = ServiceOf(Request(), clock.UtcNow);
            return new InvalidRequestException("Service with the provided name already exists: web1.") { Attempts = 2 };
        });

        (await new ServiceChanges(client, clock).CreateAsync(Request(), Token)).ServiceArn.ShouldBe(Arn);
    }

    [Fact]
    public async Task A_name_that_is_taken_at_the_first_attempt_is_an_error_without_a_look()
    {
        var client = Client(0, () => new InvalidRequestException("Service with the provided name already exists: web1."));

        (await Should.ThrowAsync<InvalidRequestException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token))).ErrorId.ShouldBe(ErrorIds.ServiceAlreadyExists);

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_role_that_is_seen_after_a_while_lets_the_creation_succeed()
    {
        var attempts = 0;
        var client = Client(0, () => ++attempts < 4 ? new InvalidRequestException("Error in assuming access role x") : new CreateServiceResponse { Service = ServiceOf(Request(), clock.UtcNow), OperationId = "operation" });
        var told = new List<string>();

        (await new ServiceChanges(client, clock, told.Add).CreateAsync(Request(), Token)).OperationId.ShouldBe("operation");

        told.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_role_that_is_never_seen_is_an_error_after_two_minutes_at_most()
    {
        var began = clock.UtcNow;
        var client = Client(0, () => new InvalidRequestException("Error in assuming instance role x"));

        (await Should.ThrowAsync<InvalidRequestException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token))).ErrorId.ShouldBe(ErrorIds.AccessRoleNotAssumable);

        (clock.UtcNow - began).ShouldBeInRange(TimeSpan.FromSeconds(100), ServiceChanges.RolePatience);
    }

    [Fact]
    public async Task A_lost_pause_is_found_by_its_operation_and_an_earlier_one_is_not_taken_for_it()
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

        (await new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token)).OperationId.ShouldBe("ours");
        client.CountOf<PauseServiceRequest>().ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_that_was_lost_on_the_way_is_reported_and_not_sent_again()
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
    [InlineData(1, ErrorIds.InvalidServiceState)]
    [InlineData(2, null)]
    public async Task A_busy_service_is_an_error_unless_our_own_earlier_attempt_made_it_busy(int attempts, string? errorId)
    {
        var client = new FakeClient(request => request switch
        {
            PauseServiceRequest => new InvalidStateException("busy") { Attempts = attempts },
            ListOperationsRequest => new ListOperationsResponse { OperationSummaryList = [new Operation { Id = "ours", Type = OperationType.PauseService, StartedAt = clock.UtcNow }] },
            _ => Common(request, ServiceOf(Request(), clock.UtcNow)),
        });
        var change = new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token);

        if (errorId is null)
            (await change).OperationId.ShouldBe("ours");
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
