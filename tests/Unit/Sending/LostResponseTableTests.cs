using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Sending;
using AppRunner.Unit.Tests.Client;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Sending;

/// <summary>One test for each row of the tables in ServiceChanges, LostResponses and UnconfirmedUpdate, over HTTP, with a clock that takes no time.</summary>
public sealed class LostResponseTableTests
{
    private const string Arn = "arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa";

    private readonly List<string> warnings = [];
    private readonly List<string> operations = [];

    // Null: the regular response.
    private Func<string, int, Step?> respond = (_, _) => null;
    private string memory = "2048";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Step Broken => ScriptedServer.Error("InternalServiceErrorException", "Something broke.", 500);

    private static Step Denied => ScriptedServer.Error("AccessDeniedException", "User is not authorized to perform this.");

    private static Step Missing => ScriptedServer.Error("ResourceNotFoundException", "There is no such service.");

    private static Step Taken => ScriptedServer.Error("InvalidRequestException", "Service with the provided name already exists: web1.");

    private static Step Busy => ScriptedServer.Error("InvalidStateException", "An operation is in progress.");

    public static TheoryData<string> Failures => ["500", "throttled", "denied", "reset", "null in the list"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Create_not_known_after_lookups_that_failed(string failure)
    {
        respond = (operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => Failure(failure), _ => null };

        var error = await Should.ThrowAsync<NetworkException>(CreateAsync);

        error.Message.ShouldContain("It is not known whether service \"web1\" was created");
        error.Message.ShouldNotContain("most probably");
        error.RecommendedAction!.ShouldContain("Get-ARService 'web1'");
        CountOf("CreateService").ShouldBe(1);
    }

    [Fact]
    public async Task Create_not_known_if_only_the_last_lookup_failed()
    {
        respond = (operation, earlier) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => earlier < 4 ? ServiceList(null) : Broken, _ => null };

        (await Should.ThrowAsync<NetworkException>(CreateAsync)).Message.ShouldContain("It is not known whether");
    }

    [Fact]
    public async Task Create_most_probably_not_created_after_a_lookup_that_succeeded()
    {
        respond = (operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => ServiceList(null), _ => null };

        var error = await Should.ThrowAsync<NetworkException>(CreateAsync);

        error.Message.ShouldContain("most probably not created");
        CountOf("ListServices").ShouldBe(5);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("denied")]
    public async Task Create_listed_but_not_described(string failure)
    {
        respond = (operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "DescribeService" => Failure(failure), _ => null };

        var error = await Should.ThrowAsync<NetworkException>(CreateAsync);

        error.Message.ShouldContain($"A service named \"web1\" exists ({Arn}), but it is not known whether this request created it");
        error.RecommendedAction!.ShouldContain($"Get-ARService '{Arn}'");
    }

    [Theory]
    [InlineData("500")]
    [InlineData("denied")]
    [InlineData("empty")]
    public async Task Create_ours_without_its_operation(string failure)
    {
        respond = (operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListOperations" => Failure(failure), _ => null };

        var service = (await CreateAsync()).Service;

        service.ServiceArn.ShouldBe(Arn);
        service.OperationId.ShouldBeNull();
        warnings.Count.ShouldBe(failure == "empty" ? 0 : 1);
    }

    [Fact]
    public async Task Create_listed_before_the_request_is_of_another_request_and_is_not_read()
    {
        respond = (operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => ServiceList(3600), _ => null };

        (await Should.ThrowAsync<ServiceAlreadyExistsException>(CreateAsync)).Message.ShouldContain("created before the request was sent");
        CountOf("DescribeService").ShouldBe(0);
    }

    [Fact]
    public async Task Create_that_differs_is_of_another_request()
    {
        memory = "3072";
        respond = (operation, _) => operation == "CreateService" ? ScriptedServer.Reset() : null;

        (await Should.ThrowAsync<ServiceAlreadyExistsException>(CreateAsync)).Message.ShouldContain("It differs in InstanceConfiguration.Memory.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_name_taken_after_an_earlier_attempt_and_not_found(bool denied)
    {
        respond = (operation, earlier) => operation switch { "CreateService" => earlier == 0 ? Broken : Taken, "ListServices" => denied ? Denied : ServiceList(null), _ => null };

        var error = await Should.ThrowAsync<InvalidRequestException>(CreateAsync);

        error.ErrorId.ShouldBe(ErrorIds.ServiceAlreadyExists);
        error.Message.ShouldContain("not known whether");
        error.Message.ShouldNotContain("most probably");
    }

    [Theory]
    [InlineData("""{"Service":{},"OperationId":"named"}""", "named")]
    [InlineData("""{"OperationId":"named"}""", "named")]
    [InlineData("{}", "operation")]
    public async Task Create_response_without_a_service(string response, string operationId)
    {
        respond = (operation, _) => operation == "CreateService" ? ScriptedServer.Respond(response) : null;

        var service = (await CreateAsync()).Service;

        service.ServiceArn.ShouldBe(Arn);
        service.OperationId.ShouldBe(operationId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_response_without_a_service_and_not_found_names_the_operation(bool denied)
    {
        respond = (operation, _) => operation switch { "CreateService" => ScriptedServer.Respond("""{"Service":{},"OperationId":"named"}"""), "ListServices" => denied ? Denied : ServiceList(null), _ => null };

        var error = await Should.ThrowAsync<NetworkException>(CreateAsync);

        error.Message.ShouldContain("incomplete");
        error.Message.ShouldContain("operation named");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Change_not_known_after_lookups_that_failed(string failure)
    {
        respond = (operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => Failure(failure), _ => null };

        var error = await Should.ThrowAsync<NetworkException>(UpdateAsync);

        error.Message.ShouldContain("It is not known whether UPDATE_SERVICE was started");
        error.RecommendedAction!.ShouldContain($"Get-AROperation '{Arn}'");
        CountOf("UpdateService").ShouldBe(1);
    }

    [Fact]
    public async Task Change_most_probably_not_started_after_a_lookup_that_succeeded()
    {
        respond = (operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => OperationList("UPDATE_SERVICE", "SUCCEEDED", 3600), _ => null };

        (await Should.ThrowAsync<NetworkException>(UpdateAsync)).Message.ShouldContain("most probably not started");
    }

    [Fact]
    public async Task Change_refused_because_the_service_is_busy_and_nothing_found()
    {
        respond = (operation, earlier) => operation switch { "UpdateService" => earlier == 0 ? Broken : Busy, "ListOperations" => OperationList("PAUSE_SERVICE", "IN_PROGRESS"), _ => null };

        (await Should.ThrowAsync<InvalidStateException>(UpdateAsync)).Message.ShouldBe("An operation is in progress.");
    }

    [Theory]
    [InlineData("denied")]
    [InlineData("500")]
    public async Task Change_refused_because_the_service_is_busy_and_the_lookup_failed(string failure)
    {
        respond = (operation, earlier) => operation switch { "UpdateService" => earlier == 0 ? Broken : Busy, "ListOperations" => Failure(failure), _ => null };

        (await Should.ThrowAsync<InvalidStateException>(UpdateAsync)).Message.ShouldContain("It is not known whether UPDATE_SERVICE was started");
    }

    [Fact]
    public async Task Change_found_is_taken_up_without_reading_the_service()
    {
        respond = (operation, _) => operation switch { "PauseService" => ScriptedServer.Reset(), "ListOperations" => OperationList("PAUSE_SERVICE", "IN_PROGRESS"), "DescribeService" => Denied, _ => null };

        var change = await SendAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService);

        (change.Service.OperationId, change.IsServiceUnread, change.Unconfirmed).ShouldBe(("operation", true, null));
    }

    [Fact]
    public async Task Update_that_succeeded_and_the_service_as_requested_is_ours()
    {
        memory = "4096";
        respond = (operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => OperationList("UPDATE_SERVICE", "SUCCEEDED"), _ => null };

        var change = await UpdateAsync();

        change.Unconfirmed.ShouldBeNull();
        change.Service.OperationId.ShouldBe("operation");
    }

    // The service may have had the values before, and another request's operation may change them.
    [Theory]
    [InlineData("PENDING")]
    [InlineData("IN_PROGRESS")]
    public async Task Update_that_runs_and_the_service_as_requested_is_not_known_yet(string status)
    {
        memory = "4096";
        respond = (operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => OperationList("UPDATE_SERVICE", status), _ => null };

        var change = await UpdateAsync();

        change.Service.OperationId.ShouldBe("operation");
        var warning = change.Unconfirmed.ShouldNotBeNull().WarningNow().ShouldNotBeNull();
        warning.ShouldContain($"UPDATE_SERVICE (operation operation) began after the request was sent and is {status}");
        warning.ShouldContain("not known yet");
        warning.ShouldContain($"Wait-AROperation -Service '{Arn}' -OperationId operation");
    }

    [Theory]
    [InlineData("IN_PROGRESS", "2048", "is IN_PROGRESS. It is not known whether this request started it.")]
    [InlineData("SUCCEEDED", "2048", "was started by another request: the service differs from this one in InstanceConfiguration.Memory. This request was most probably not applied.")]
    [InlineData("SUCCEEDED", null, "ended with status SUCCEEDED. It is not known whether this request started it: the service could not be read.")]
    [InlineData("ROLLBACK_IN_PROGRESS", "4096", "is ROLLBACK_IN_PROGRESS. It is not known whether this request started it.")]
    [InlineData("ROLLBACK_SUCCEEDED", "4096", "ended with status ROLLBACK_SUCCEEDED. It is not known whether this request started it.")]
    [InlineData("FAILED", "2048", "ended with status FAILED. It is not known whether this request started it.")]
    public async Task Update_found_and_not_confirmed(string status, string? current, string known)
    {
        memory = current ?? memory;
        respond = (operation, _) => operation switch
        {
            "UpdateService" => ScriptedServer.Reset(),
            "ListOperations" => OperationList("UPDATE_SERVICE", status),
            "DescribeService" when current is null => Denied,
            _ => null,
        };

        var unconfirmed = (await UpdateAsync()).Unconfirmed!;
        var error = unconfirmed.ErrorNow();

        unconfirmed.WarningNow().ShouldBeNull();
        error.ErrorId.ShouldBe(ErrorIds.NetworkError);
        error.Message.ShouldContain("UPDATE_SERVICE (operation operation)");
        error.Message.ShouldContain(known);
        error.RecommendedAction!.ShouldContain($"Wait-AROperation -Service '{Arn}' -OperationId operation");
    }

    [Fact]
    public async Task An_update_of_somebody_else_that_began_before_ours_is_not_taken_for_ours()
    {
        respond = (operation, earlier) => operation switch { "UpdateService" => earlier == 0 ? Broken : Busy, "ListOperations" => OperationList("UPDATE_SERVICE", "IN_PROGRESS", 1.5), _ => null };

        var error = (await UpdateAsync()).Unconfirmed!.ErrorNow();

        error.ErrorId.ShouldBe(ErrorIds.InvalidServiceState);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_failed_three_times_and_not_found(bool denied)
    {
        respond = (operation, _) => operation switch { "CreateService" => Broken, "ListServices" => denied ? Denied : ServiceList(null), _ => null };

        var error = await Should.ThrowAsync<InternalServiceErrorException>(CreateAsync);

        error.Message.ShouldBe(denied
            ? "Something broke. It is not known whether service \"web1\" was created, because the check failed too: User is not authorized to perform this."
            : "Something broke. No service \"web1\" was found afterwards, so it was most probably not created.");
        error.RecommendedAction!.ShouldContain("Get-ARService");
    }

    [Fact]
    public async Task Change_failed_three_times_and_not_found()
    {
        respond = (operation, _) => operation == "UpdateService" ? Broken : null;

        (await Should.ThrowAsync<InternalServiceErrorException>(UpdateAsync)).Message.ShouldBe("Something broke. No UPDATE_SERVICE was found afterwards, so it was most probably not started.");
    }

    [Fact]
    public async Task Change_of_a_service_that_does_not_exist_is_not_looked_up()
    {
        respond = (operation, earlier) => operation == "UpdateService" && earlier == 0 ? Broken : Missing;

        (await Should.ThrowAsync<ResourceNotFoundException>(UpdateAsync)).Message.ShouldBe("There is no such service.");
        CountOf("ListOperations").ShouldBe(0);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("500")]
    public async Task Delete_of_a_service_that_is_gone_is_a_success(string failure)
    {
        respond = (operation, earlier) => operation == "DeleteService" && earlier == 0 ? Failure(failure) : Missing;

        var change = await SendAsync(new DeleteServiceRequest { ServiceArn = Arn }, OperationType.DeleteService);

        (change.Service.Status, change.Service.ServiceName, change.HasEnded).ShouldBe((ServiceStatus.Deleted, "web1", true));
    }

    [Fact]
    public async Task Delete_of_a_service_that_never_was_is_an_error()
    {
        respond = (_, _) => Missing;

        (await Should.ThrowAsync<ResourceNotFoundException>(() => SendAsync(new DeleteServiceRequest { ServiceArn = Arn }, OperationType.DeleteService))).ErrorId.ShouldBe(ErrorIds.ServiceNotFound);
    }

    [Theory]
    [InlineData("UpdateService", """{"Service":{},"OperationId":"named"}""")]
    [InlineData("StartDeployment", """{"OperationId":"named"}""")]
    public async Task Change_response_with_an_operation_only_is_not_looked_up(string name, string response)
    {
        respond = (operation, _) => operation == name ? ScriptedServer.Respond(response) : operation == "DescribeService" ? ScriptedServer.Reset() : null;

        var change = name == "UpdateService" ? await UpdateAsync() : await SendAsync(new StartDeploymentRequest { ServiceArn = Arn }, OperationType.StartDeployment);

        (change.Service.OperationId, change.IsServiceUnread).ShouldBe(("named", true));
        CountOf("ListOperations").ShouldBe(0);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"OperationId":""}""")]
    public async Task Change_response_with_nothing_is_looked_up(string response)
    {
        respond = (operation, _) => operation switch { "StartDeployment" => ScriptedServer.Respond(response), "ListOperations" => OperationList("START_DEPLOYMENT", "IN_PROGRESS"), _ => null };

        (await SendAsync(new StartDeploymentRequest { ServiceArn = Arn }, OperationType.StartDeployment)).Service.OperationId.ShouldBe("operation");
    }

    [Fact]
    public async Task The_lookups_together_have_a_time_limit()
    {
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        var lists = 0;
        var client = new Support.FakeClient(request =>
        {
            if (request is CreateServiceRequest)
                return new NetworkException("lost", mayHaveArrived: true);
            lists++;
            clock.Advance(TimeSpan.FromSeconds(40));
            return new NetworkException("No response.", mayHaveArrived: true);
        });

        await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).CreateAsync(Request(), Token));

        lists.ShouldBe(2);
    }

    [Fact]
    public async Task The_confirmation_of_an_update_is_within_that_time_limit()
    {
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        var reads = 0;
        var client = new Support.FakeClient(request =>
        {
            if (request is UpdateServiceRequest)
                return new NetworkException("lost", mayHaveArrived: true);
            if (request is ListOperationsRequest)
            {
                clock.Advance(TimeSpan.FromSeconds(50));
                return new ListOperationsResponse { OperationSummaryList = [new Operation { Id = "operation", Type = OperationType.UpdateService, Status = OperationStatus.InProgress, StartedAt = clock.UtcNow }] };
            }

            reads++;
            clock.Advance(TimeSpan.FromSeconds(20));
            return new NetworkException("No response.", mayHaveArrived: true);
        });

        var change = await new ServiceChanges(client, clock).ChangeAsync(new UpdateServiceRequest { ServiceArn = Arn }, OperationType.UpdateService, Token);

        reads.ShouldBe(1);
        change.Service.OperationId.ShouldBe("operation");
        change.Unconfirmed.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_status_is_not_read_after_a_check_without_a_response()
    {
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        var client = new Support.FakeClient(request =>
        {
            clock.Advance(TimeSpan.FromSeconds(4));
            return new NetworkException("No response.", mayHaveArrived: true);
        });

        await Should.ThrowAsync<NetworkException>(() => new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token));

        (client.CountOf<ListOperationsRequest>(), client.CountOf<DescribeServiceRequest>()).ShouldBe((5, 0));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("refused")]
    public async Task The_status_is_read_within_that_time_limit(string failure)
    {
        var client = new UnresponsiveService(failure == "lost" ? new NetworkException("lost", mayHaveArrived: true) : new InvalidStateException("An operation is in progress."));
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        client.BeforeList = () => clock.Advance(TimeSpan.FromSeconds(15));

        (await Should.ThrowAsync<AppRunnerException>(() => new ServiceChanges(client, clock).ChangeAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService, Token)))
            .ShouldBe(client.Failure);

        client.Limited.ShouldBe(true);
    }

    // A server that never answers must not hold the command for another -RequestTimeout.
    [Fact]
    public async Task The_operation_of_a_created_service_is_read_within_that_time_limit()
    {
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        var client = new UnresponsiveOperations(clock);

        var change = await new ServiceChanges(client, clock, null, warnings.Add).CreateAsync(Request(), Token);

        client.Limited.ShouldBeTrue();
        change.Service.ServiceArn.ShouldBe(Arn);
        change.Service.OperationId.ShouldBeNull();
        warnings.ShouldHaveSingleItem().ShouldContain("No response");
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("refused again")]
    [InlineData("lost")]
    public async Task Change_to_a_status_that_the_service_has_succeeds(string failure)
    {
        respond = (operation, earlier) => operation switch
        {
            "ResumeService" => failure == "lost" ? ScriptedServer.Reset() : failure == "refused again" && earlier == 0 ? Broken : Busy,
            _ => null,
        };

        var change = await SendAsync(new ResumeServiceRequest { ServiceArn = Arn }, OperationType.ResumeService);

        (change.HasEnded, change.Service.Status, change.Service.OperationId).ShouldBe((true, ServiceStatus.Running, null));
    }

    [Theory]
    [InlineData("other status")]
    [InlineData("denied")]
    public async Task Change_that_is_refused_remains_an_error_if_the_service_has_another_status(string read)
    {
        respond = (operation, _) => operation switch { "PauseService" => Busy, "DescribeService" when read == "denied" => Denied, _ => null };

        await Should.ThrowAsync<InvalidStateException>(() => SendAsync(new PauseServiceRequest { ServiceArn = Arn }, OperationType.PauseService));
    }

    // Fails the change, has no operations, and reads the service only if the call has a time limit.
    private sealed class UnresponsiveService(AppRunnerException failure) : IAppRunnerClient
    {
        public AppRunnerException Failure { get; } = failure;

        public Action BeforeList { get; set; } = () => { };

        public bool? Limited { get; private set; }

        public Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            if (request.ChangesState)
                throw Failure;
            if (request is ListOperationsRequest)
            {
                BeforeList();
                AppRunnerResponse none = new ListOperationsResponse { OperationSummaryList = [] };
                return Task.FromResult((TResponse)none);
            }

            Limited = cancellationToken != Token;
            throw new NetworkException("No response.", mayHaveArrived: true);
        }
    }

    // Creates the service, loses the response, and does not respond to ListOperations until the call is cancelled.
    private sealed class UnresponsiveOperations(FakeClock clock) : IAppRunnerClient
    {
        public bool Limited { get; private set; }

        public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            if (request.ChangesState)
                throw new NetworkException("lost", mayHaveArrived: true);
            if (request is ListOperationsRequest)
            {
                Limited = cancellationToken != Token && cancellationToken.CanBeCanceled;
                if (Limited)
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new NetworkException("No response.", mayHaveArrived: true);
            }

            clock.Advance(TimeSpan.FromSeconds(40));
            var service = WireJson.ReadResponse<DescribeServiceResponse>(System.Text.Encoding.UTF8.GetBytes($$"""
                {"Service":{"ServiceName":"web1","ServiceArn":"{{Arn}}","Status":"RUNNING","CreatedAt":{{(clock.UtcNow - DateTime.UnixEpoch).TotalSeconds.ToString(CultureInfo.InvariantCulture)}},"InstanceConfiguration":{"Cpu":"1024","Memory":"2048"},
                "SourceConfiguration":{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/nginx/nginx:1","ImageRepositoryType":"ECR_PUBLIC"} } } }
                """)).Service!;
            AppRunnerResponse response = request is ListServicesRequest ? new ListServicesResponse { ServiceSummaryList = [service] } : new DescribeServiceResponse { Service = service };
            return (TResponse)response;
        }
    }

    private static CreateServiceRequest Request() => new()
    {
        ServiceName = "web1",
        SourceConfiguration = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/nginx/nginx:1", ImageRepositoryType = ImageRepositoryType.EcrPublic } },
        InstanceConfiguration = new InstanceConfiguration { Cpu = "1 vCPU", Memory = "2 GB" },
    };

    private static Step Failure(string name) => name switch
    {
        "500" => Broken,
        "throttled" => ScriptedServer.Error("ThrottlingException", "Rate exceeded."),
        "denied" => Denied,
        "reset" => ScriptedServer.Reset(),
        "empty" => ScriptedServer.Respond("{}"),
        _ => ScriptedServer.Respond("""{"ServiceSummaryList":[null],"OperationSummaryList":[null]}"""),
    };

    private static Step OperationList(string type, string status, double age = 0) =>
        ScriptedServer.Respond($$"""{"OperationSummaryList":[{"Id":"operation","Type":"{{type}}","Status":"{{status}}","StartedAt":{{Time(age)}}}]}""");

    private static string Time(double age) => (DateTimeOffset.UtcNow.AddSeconds(-age).ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);

    private string ServiceJson(double age) => $$"""
        {"ServiceName":"web1","ServiceArn":"{{Arn}}","Status":"RUNNING","CreatedAt":{{Time(age)}},"InstanceConfiguration":{"Cpu":"1024","Memory":"{{memory}}"},
        "SourceConfiguration":{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/nginx/nginx:1","ImageRepositoryType":"ECR_PUBLIC"} } }
        """;

    private Step ServiceList(double? age) => ScriptedServer.Respond($$"""{"ServiceSummaryList":[{{(age is { } seconds ? ServiceJson(seconds) : string.Empty)}}]}""");

    private int CountOf(string operation) => operations.Count(name => name == operation);

    private Task<StartedChange> CreateAsync() => RunAsync(changes => changes.CreateAsync(Request(), Token));

    private Task<StartedChange> UpdateAsync() =>
        SendAsync(new UpdateServiceRequest { ServiceArn = Arn, InstanceConfiguration = new InstanceConfiguration { Cpu = "1 vCPU", Memory = "4 GB" } }, OperationType.UpdateService);

    private Task<StartedChange> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, string operationType)
        where TResponse : AppRunnerResponse => RunAsync(changes => changes.ChangeAsync(request, operationType, Token));

    private async Task<StartedChange> RunAsync(Func<ServiceChanges, Task<StartedChange>> send)
    {
        await using var server = new ScriptedServer(request =>
        {
            var operation = request.Headers["X-Amz-Target"].Split('.')[1];
            int earlier;
            lock (operations)
            {
                earlier = CountOf(operation);
                operations.Add(operation);
            }

            return respond(operation, earlier) ?? operation switch
            {
                "ListServices" => ServiceList(0),
                "DescribeService" => ScriptedServer.Respond($$"""{"Service":{{ServiceJson(0)}}}"""),
                "ListOperations" => OperationList("CREATE_SERVICE", "IN_PROGRESS"),
                _ => ScriptedServer.Respond($$"""{"Service":{{ServiceJson(0)}},"OperationId":"answered"}"""),
            };
        });
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        using var connection = await Connect.ToAsync(server, clock);
        return await send(new ServiceChanges(connection, clock, null, warnings.Add));
    }
}
