using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class DeploymentTests
{
    [Fact]
    public async Task A_service_is_built_and_started_answers_at_its_url_and_leaves_nothing_when_it_is_deleted()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: "git show HEAD:version.in > version.txt"));
        service.ServiceUrl!.ShouldStartWith($"{service.ServiceId}.us-east-1.localhost:");
        (await endpoint.ReadAsync(service)).ShouldBe("one");
        endpoint.ServiceFolders().ShouldHaveSingleItem();
        endpoint.Processes().ShouldHaveSingleItem();

        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
        endpoint.ServiceFolders().ShouldBeEmpty();
        endpoint.Processes().ShouldBeEmpty();
        (await endpoint.GetAsync(service)).Status.ShouldBe(404);
    }
}
