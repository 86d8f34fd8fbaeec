using System;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class SourceTests
{
    [Fact]
    public async Task A_bare_repository_can_be_deployed_by_file_URL_with_branch_and_source_directory()
    {
        using var repository = new GitFolder(("version.txt", "root"));
        repository.Git("checkout", "--quiet", "-b", "feature/x");
        repository.Commit(("apps/one/version.txt", "feature"));
        var bare = repository.Path + ".git";
        repository.Git("clone", "--quiet", "--bare", repository.Path, bare);
        using (var endpoint = new ExecutionEndpoint())
        {
            var service = await endpoint.RunningAsync(new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(new Uri(bare).AbsoluteUri, "feature/x", "apps/one/") });
            (await endpoint.ReadAsync(service)).ShouldBe("feature");
        }

        FolderRemoval.TryDelete(bare).ShouldBeNull();
    }

    [Fact]
    public void A_loose_branch_reference_is_read_without_git()
    {
        using var repository = new GitFolder(("file", "x"));
        var location = RepositoryLocation.Parse(repository.Path);
        LocalReference.TryRead(location, "refs/heads/main").ShouldBe(repository.Git("rev-parse", "HEAD").Trim());
        LocalReference.TryRead(location, "refs/heads/other").ShouldBeNull();
        repository.Git("pack-refs", "--all");
        LocalReference.TryRead(location, "refs/heads/main").ShouldBeNull();
    }

    [Fact]
    public async Task A_packed_branch_can_be_deployed()
    {
        using var repository = new GitFolder(("version.txt", "packed"));
        repository.Git("pack-refs", "--all");
        using var endpoint = new ExecutionEndpoint();
        (await endpoint.ReadAsync(await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository)))).ShouldBe("packed");
    }
}
