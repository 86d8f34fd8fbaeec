using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class CompareServiceTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;

    public CompareServiceTests() => session = Session.Relayed(out relay, "-OperationDuration 0");

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Fact]
    public void Differences_have_path_kind_values_and_effect()
    {
        session.NewService("web1", "-Port 81 -EnvironmentVariable @{ A = 'one'; B = 'two' } -Tag @{ a = '1' }");

        var differences = session.Run($"Compare-ARService web1 -ImageIdentifier {Session.Image} -EnvironmentVariable @{{ A = 'ONE'; C = 'c' }} -Tag @{{ a = '2' }} -Cpu 2 -Memory 4").ShouldBeClean().All<ServiceDifference>();

        differences.Select(difference => $"{difference.Kind} {difference.Effect} {difference}").ShouldBe(
            [
                "Changed InPlace SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.A: ***** (differs) -> *****",
                "Added InPlace SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.C: (none) -> *****",
                "Removed InPlace SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.B: ***** -> (none)",
                "Changed InPlace SourceConfiguration.ImageRepository.ImageConfiguration.Port: 81 -> 8080",
                "Changed InPlace InstanceConfiguration.Cpu: 1024 -> 2048",
                "Changed InPlace InstanceConfiguration.Memory: 2048 -> 4096",
                "Changed Tags Tags.a: 1 -> 2",
            ],
            ignoreOrder: true);
        differences.ShouldAllBe(difference => difference.ServiceName == "web1");
    }

    [Theory]
    [InlineData("Compare-ARService web1 -Cpu 1 -Memory 2", true)]
    [InlineData("Compare-ARService web1 -Cpu 1 -Memory 3", false)]
    [InlineData("Compare-ARService web9 -Cpu 1 -Memory 2", false)]
    [InlineData("@{ ServiceName = 'web1'; Cpu = '1024'; Memory = '2048' }, @{ ServiceName = 'web9'; Cpu = 1 } | Compare-ARService", false)]
    [InlineData("'{ \"ServiceName\": ' | Compare-ARService -ErrorAction SilentlyContinue", false)]
    public void Quiet_is_true_only_if_everything_is_equal(string command, bool isEqual)
    {
        session.NewService("web1");

        session.Run(command + " -Quiet").Output.ShouldHaveSingleItem()!.BaseObject.ShouldBe(isEqual);
    }

    [Fact]
    public void A_missing_service_is_one_difference()
    {
        var difference = session.Run("@{ ServiceName = 'web1'; Cpu = 2; Memory = 4 } | Compare-ARService").ShouldBeClean().All<ServiceDifference>().ShouldHaveSingleItem();

        (difference.ServiceName, difference.Path, difference.Kind, difference.Effect).ShouldBe(("web1", string.Empty, DifferenceKind.Added, DifferenceEffect.Create));
        relay.Operations.ShouldBe(["ListServices"]);
    }

    [Fact]
    public void Only_what_the_definition_names_is_read()
    {
        session.NewService("web1");
        var before = relay.Operations.Count;

        session.Run("Compare-ARService web1 -Cpu 1 -Memory 2").ShouldBeClean();

        relay.Operations.Skip(before).ShouldBe(["ListServices", "DescribeService"]);
    }

    [Fact]
    public void Two_services_are_compared_with_their_tags()
    {
        session.NewService("web-prod", "-Port 81 -Tag @{ stage = 'prod' }");
        session.NewService("web-test", "-Port 82 -Tag @{ stage = 'test' }");

        session.Run("Compare-ARService web-prod -InputObject (Get-ARService web-test)").ShouldBeClean().All<ServiceDifference>().Select(difference => difference.ToString())
            .ShouldBe(["SourceConfiguration.ImageRepository.ImageConfiguration.Port: 81 -> 82", "Tags.stage: prod -> test"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_view_is_whole(int width)
    {
        session.NewService("web1", "-EnvironmentVariable @{ STAGE = 'a' }");

        var text = session.Run($"Compare-ARService web1 -ImageIdentifier {Session.Image} -EnvironmentVariable @{{ STAGE = 'b' }} -Cpu 2 -Memory 4 | Out-String -Width {width}").Output.Single()!.ToString()!;

        var plain = System.Text.RegularExpressions.Regex.Replace(text, "\x1b\\[[0-9;]*m", string.Empty);
        string.Concat(plain.Where(c => !char.IsWhiteSpace(c))).ShouldContain("~SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.STAGE:*****(differs)->*****");
        plain.ShouldContain("InPlace");
        plain.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= width);
    }
}
