using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class ReadServicesTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0 -ServiceQuota 1000");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("-ConnectionArn github", "code")]
    [InlineData("-ConnectionArn (Get-ARConnection github)", "code")]
    [InlineData("-VpcConnectorArn inside", "net")]
    [InlineData("-VpcConnectorArn inside -Detailed", "net")]
    [InlineData("-ObservabilityConfigurationArn traces", "traced")]
    [InlineData("-ObservabilityConfigurationArn (Get-ARObservabilityConfiguration traces).ObservabilityConfigurationArn", "traced")]
    [InlineData("'*e*' -VpcConnectorArn inside", "net")]
    public void Services_are_found_by_the_resource_that_they_use(string filter, string name)
    {
        using var own = Session.Local("-OperationDuration 0");
        NewUsers(own);

        own.Run("Get-ARService " + filter).All<ServiceSummary>().ShouldHaveSingleItem().ServiceName.ShouldBe(name == "code" ? "code-1" : name == "net" ? "net-1" : "traced-1");
    }

    [Theory]
    [InlineData("Get-ARConnection github", "code-1")]
    [InlineData("Get-ARVpcConnector inside", "net-1")]
    [InlineData("Get-ARObservabilityConfiguration traces", "traced-1")]
    [InlineData("Get-ARObservabilityConfiguration t*", "traced-1")]
    public void A_piped_resource_finds_the_services_that_use_it(string resource, string name)
    {
        using var own = Session.Local("-OperationDuration 0");
        NewUsers(own);

        own.Run(resource + " | Get-ARService").Services.ShouldHaveSingleItem().ServiceName.ShouldBe(name);
        own.Run(resource + " | Get-ARService -Status PAUSED").Services.ShouldBeEmpty();
        own.Run(resource + " | Get-ARService -Tag @{ env = 'dev' }").Services.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-ConnectionArn gitub", "There is no connection named \"gitub\" in us-east-1.")]
    [InlineData("-ConnectionArn github, gitub", "There is no connection named \"gitub\" in us-east-1.")]
    [InlineData("-VpcConnectorArn nope", "There is no VPC connector named \"nope\" in us-east-1.")]
    [InlineData("-ObservabilityConfigurationArn nope -Detailed", "There is no observability configuration named \"nope\" in us-east-1.")]
    [InlineData("'*e*' -VpcConnectorArn nope", "There is no VPC connector named \"nope\" in us-east-1.")]
    [InlineData("-Region us-east-1, us-east-1 -ConnectionArn gitub", "There is no connection named \"gitub\" in us-east-1.")]
    public void A_filter_that_names_nothing_is_an_error(string filter, string message)
    {
        using var own = Session.Local("-OperationDuration 0");
        own.NewConnection();
        own.Run("Get-ARService " + filter).ErrorWith("ResourceNotFound").ToString().ShouldStartWith(message);

        own.NewService("plain-1");
        own.Run("Get-ARService " + filter).ErrorWith("ResourceNotFound").ToString().ShouldStartWith(message);
        own.Run("Get-ARAutoScalingConfiguration DefaultConfiguration | Get-ARService -ConnectionArn gitub").ErrorWith("ResourceNotFound").ToString().ShouldStartWith("There is no connection named \"gitub\"");
    }

    [Fact]
    public void A_filter_of_several_regions_must_exist_in_one_of_them()
    {
        using var own = Session.Local("-OperationDuration 0");
        NewUsers(own);

        own.Run("Get-ARService -Region eu-west-1, us-east-1 -VpcConnectorArn inside").All<ServiceSummary>().ShouldHaveSingleItem().ServiceName.ShouldBe("net-1");
        own.Run("Get-ARService -Region eu-west-1, us-east-1 -VpcConnectorArn inside -ObservabilityConfigurationArn traces").ShouldBeClean();
        own.Run("Get-ARService -Region eu-west-1, us-east-1 -VpcConnectorArn nope").Errors.Select(error => error.ToString())
            .ShouldBe(["There is no VPC connector named \"nope\" in eu-west-1.", "There is no VPC connector named \"nope\" in us-east-1."], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Remove-ARConnection github", "code-1")]
    [InlineData("Remove-ARVpcConnector inside", "net-1")]
    [InlineData("Remove-ARObservabilityConfiguration traces", "traced-1")]
    [InlineData("Remove-ARAutoScalingConfiguration high", "net-1")]
    public void A_refusal_to_remove_names_the_users(string command, string user)
    {
        using var own = Session.Local("-OperationDuration 0");
        NewUsers(own);

        var refusal = own.Run(command + " -Confirm:$false").Errors.ShouldHaveSingleItem();
        refusal.ToString().ShouldEndWith($"It is used by {user}.");
        refusal.ErrorDetails.RecommendedAction.ShouldStartWith("Nothing was changed. First give what uses it another ");
    }

    [Theory]
    [InlineData("useast1", "us-east-1")]
    [InlineData("eu-west-9", "eu-west-1")]
    [InlineData("EU-Central-1", null)]
    public void A_region_that_is_not_known_is_a_hint(string region, string? meant)
    {
        using var own = Session.Local("-OperationDuration 0");

        var warnings = own.Run($"Get-ARService -Region {region}").Warnings;

        if (meant is null)
            warnings.ShouldBeEmpty();
        else
            warnings.ShouldHaveSingleItem().ShouldEndWith($"Did you mean \"{meant}\"?");
    }

    [Fact]
    public void Debug_shows_requests_and_responses_without_secrets()
    {
        using var own = Session.Local("-OperationDuration 0");

        var text = string.Join("\n", own.Run($"New-ARService web1 {Session.Image} -EnvironmentVariable @{{ KEY = 'hunter2' }} -Debug 5>&1; Get-ARService none -Debug 5>&1 2>$null").Output.Where(item => item?.BaseObject is System.Management.Automation.DebugRecord));

        text.ShouldContain("CreateService to http://127.0.0.1:");
        text.ShouldContain("Response to CreateService:");
        text.ShouldContain("\"ServiceName\": \"web1\"");
        text.ShouldContain("Response to ListServices:");
        text.ShouldNotContain("hunter2");
        text.ShouldNotContain(own.Endpoint.SecretKey);
        own.Run($"Get-ARService 5>&1").Output.ShouldNotContain(item => item!.BaseObject is System.Management.Automation.DebugRecord);
    }

    private static void NewUsers(Session session)
    {
        session.NewConnection();
        session.Run("""
            $null = New-ARVpcConnector inside subnet-0123456789abcdef0
            $null = New-ARObservabilityConfiguration traces AWSXRAY
            $null = New-ARAutoScalingConfiguration high -MaxSize 5
            """).ShouldBeClean();
        session.NewService("plain-1");
        session.NewService("net-1", "-NetworkConfiguration @{ EgressConfiguration = @{ EgressType = 'VPC'; VpcConnectorArn = 'inside' } } -AutoScalingConfigurationArn high");
        session.NewService("traced-1", "-ObservabilityConfiguration @{ ObservabilityEnabled = $true; ObservabilityConfigurationArn = 'traces' }");
        session.Run("New-ARService code-1 -RepositoryUrl https://github.com/a/b -ConnectionArn github -Wait -PollInterval 0.02").ShouldBeClean();
    }

    [Fact]
    public void Without_a_name_all_pages_of_services_are_listed()
    {
        Create(45);
        var before = session.Endpoint.RequestCount;

        var services = session.Run("Get-ARService").All<ServiceSummary>();

        services.Count.ShouldBe(45);
        services.ShouldAllBe(service => service.GetType() == typeof(ServiceSummary));
        (session.Endpoint.RequestCount - before).ShouldBe(3);
    }

    [Fact]
    public void Select_First_ends_the_paging()
    {
        Create(205);
        var before = session.Endpoint.RequestCount;

        // break ends the pipeline in the same way as Select-Object -First.
        var first = session.Run("foreach ($once in 1) { Get-ARService | ForEach-Object { $_; break } }").All<ServiceSummary>();

        first.Count.ShouldBe(1);
        (session.Endpoint.RequestCount - before).ShouldBeLessThan(11);
    }

    [Fact]
    public async Task A_page_is_written_before_the_next_one_is_received()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0 -ServiceQuota 100");
        await using var _ = relay;
        relayed.Run("1..25 | ForEach-Object { @{ ServiceName = \"stream$_\"; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1' } } | New-ARService -ThrottleLimit 8").Services.Count.ShouldBe(25);
        var seen = new TaskCompletionSource();
        relay.Before = async (operation, earlier, _) =>
        {
            if (operation == "ListServices" && earlier == 1)
                await seen.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return null;
        };
        relayed["seen"] = seen;

        var services = relayed.Run("$count = 0; Get-ARService | ForEach-Object { $count++; if ($count -eq 20) { $seen.SetResult() }; $_ }").All<ServiceSummary>();

        services.Count.ShouldBe(25);
    }

    [Fact]
    public async Task A_list_reads_at_most_a_few_pages_ahead_of_the_pipeline()
    {
        const int Pages = 500;
        using var relayed = Session.Relayed(out var relay);
        await using var _ = relay;
        relay.Before = (operation, earlier, _) => Task.FromResult(operation == "ListServices" ? ScriptedServer.Respond(Page(earlier, Pages)) : null);
        relayed["pagesAsked"] = new Func<int>(() => relay.CountOf("ListServices"));

        var counts = relayed.Run("""
            $services = 0; $mostAhead = 0
            Get-ARService | ForEach-Object {
                $services++
                if ($services % 20 -eq 0) { $ahead = $pagesAsked.Invoke() - $services / 20; if ($ahead -gt $mostAhead) { $mostAhead = $ahead } }
            }
            [int]$services; [int]$mostAhead
            """).All<int>();

        counts[0].ShouldBe(Pages * 20);

        // At most 64 services are queued for the pipeline: four pages, and the page that is being read.
        counts[1].ShouldBeInRange(0, 6);
    }

    private static string Page(int number, int pages)
    {
        var services = string.Join(",", Enumerable.Range(number * 20, 20).Select(service => $$"""{"ServiceName":"service-{{service}}","Status":"RUNNING"}"""));
        var next = number + 1 < pages ? $$""", "NextToken":"{{number + 1}}" """ : string.Empty;
        return $$"""{"ServiceSummaryList":[{{services}}]{{next}}}""";
    }

    [Theory]
    [InlineData("web*", "web1,web2")]
    [InlineData("WEB?", "web1,web2")]
    [InlineData("*[12]", "web1,web2,api1")]
    [InlineData("nothing*", "")]
    public void Names_take_wildcards(string pattern, string expected)
    {
        foreach (var name in new[] { "web1", "web2", "api1", "shop" })
            session.Run($"New-ARService {name} {Session.Image}").ShouldBeClean();

        session.Run($"Get-ARService '{pattern}'").All<ServiceSummary>().Select(service => service.ServiceName)
            .ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public void A_name_an_ARN_and_an_object_with_ServiceArn_describe_the_service()
    {
        var service = session.NewService("web1", "-Port 81");
        session["arn"] = service.ServiceArn;

        foreach (var way in new[] { "Get-ARService web1", "Get-ARService -ServiceName web1", "Get-ARService $arn", "'web1' | Get-ARService", "Get-ARService | Get-ARService", "[pscustomobject]@{ ServiceArn = $arn } | Get-ARService", "@{ ServiceName = 'web1' } | Get-ARService", "Get-ARService web* -Detailed" })
        {
            var found = session.Run(way).Service;
            found.ServiceArn.ShouldBe(service.ServiceArn, way);
            found.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("81", way);
        }
    }

    [Fact]
    public void Services_are_written_in_the_order_of_the_names_and_the_list_is_read_once()
    {
        Create(5);
        var before = session.Endpoint.RequestCount;

        session.Run("Get-ARService bulk3, bulk1, bulk5").Services.Select(service => service.ServiceName).ShouldBe(["bulk3", "bulk1", "bulk5"]);

        (session.Endpoint.RequestCount - before).ShouldBe(1 + 3);
    }

    [Fact]
    public void A_missing_name_is_an_error_with_a_suggestion_and_the_others_are_written()
    {
        session.NewService("shop");

        var result = session.Run("Get-ARService shpo, shop");

        result.Output.Count.ShouldBe(1);
        var error = result.ErrorWith("ServiceNotFound");
        error.ToString().ShouldContain("Did you mean \"shop\"?");
        error.TargetObject.ShouldBe("shpo");
    }

    [Fact]
    public void Several_regions_are_read_concurrently()
    {
        session.Run($"New-ARService -Region eu-west-1 europe {Session.Image}; New-ARService -Region us-east-1 america {Session.Image}; New-ARService -Region ap-south-1 india {Session.Image}").ShouldBeClean();

        var services = session.Run("Get-ARService -Region eu-west-1, us-east-1, EU-WEST-1").All<ServiceSummary>();

        services.Select(service => service.ServiceName + " " + service.Region).Order().ShouldBe(["america us-east-1", "europe eu-west-1"]);
    }

    [Fact]
    public void The_region_of_an_ARN_takes_precedence()
    {
        var arn = session.Run($"New-ARService -Region eu-west-1 europe {Session.Image}").Service.ServiceArn;

        session.Run($"Get-ARService {arn}").Service.ServiceArn.ShouldBe(arn);
        session.Run($"Get-ARService {arn} -Region us-west-2").Service.ServiceArn.ShouldBe(arn);
        session.Run("Get-ARService europe -Region us-west-2").ErrorWith("ServiceNotFound");
    }

    [Fact]
    public void Services_are_filtered_by_status()
    {
        session.NewService("web1");
        session.NewService("web2");
        session.Run("Suspend-ARService web2 -Wait -PollInterval 0.02").ShouldBeClean();

        session.Run("Get-ARService -Status paused").All<ServiceSummary>().Single().ServiceName.ShouldBe("web2");
        session.Run("Get-ARService -Status RUNNING, PAUSED").All<ServiceSummary>().Count.ShouldBe(2);
        session.Run("Get-ARService web1 -Status PAUSED").All<ServiceSummary>().ShouldBeEmpty();
    }

    [Fact]
    public void Detailed_skips_services_that_are_deleted_after_the_list()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        relayed.NewService("web1");
        relayed.NewService("web2");
        relay.Before = (operation, _, body) => Task.FromResult(
            operation == "DescribeService" && body.Contains("web1", StringComparison.Ordinal)
                ? ScriptedServer.Error("ResourceNotFoundException", "gone")
                : null);

        relayed.Run("Get-ARService -Detailed").Services.Single().ServiceName.ShouldBe("web2");
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@{ Foo = 1 }")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:service/web'")]
    [InlineData("'arn:aws:s3:::bucket'")]
    [InlineData("$true")]
    public void An_invalid_service_identity_is_InvalidParameter(string identity)
    {
        var result = session.Run($"Get-ARService -Service {identity}");

        result.ErrorWith("InvalidParameter");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    private void Create(int count)
    {
        var result = session.Run($"1..{count} | ForEach-Object {{ @{{ ServiceName = \"bulk$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 8");
        result.Services.Count.ShouldBe(count);
    }
}
