using System;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

[Collection(AwsEnvironmentGroup.Name)]
public sealed class EndpointTests : IDisposable
{
    private static readonly ConnectionSettings Keys = new("eu-west-1", AccessKey: Connect.AccessKey, SecretKey: Connect.SecretKey);

    private readonly AwsEnvironment environment = new();

    public void Dispose() => environment.Dispose();

    [Theory]
    [InlineData("eu-west-1", false, false, "https://apprunner.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://apprunner-fips.us-east-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://apprunner.eu-west-1.api.aws/")]
    [InlineData("us-east-1", true, true, "https://apprunner-fips.us-east-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://apprunner.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-north-1", false, true, "https://apprunner.cn-north-1.api.amazonwebservices.com.cn/")]
    [InlineData("us-gov-west-1", true, false, "https://apprunner-fips.us-gov-west-1.amazonaws.com/")]
    [InlineData("eusc-de-east-1", false, false, "https://apprunner.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("ap-future-7", false, false, "https://apprunner.ap-future-7.amazonaws.com/")]
    [InlineData("cn-future-7", false, false, "https://apprunner.cn-future-7.amazonaws.com.cn/")]
    [InlineData("EU-West-1", false, false, "https://apprunner.eu-west-1.amazonaws.com/")]
    public async Task Each_region_has_its_endpoint_URL(string region, bool fips, bool dualStack, string address)
    {
        using var connection = await Connect.ToAsync(Keys with { Region = region, UseFipsEndpoint = fips, UseDualStackEndpoint = dualStack });

        connection.Endpoint.AbsoluteUri.ShouldBe(address);
        connection.Region.ShouldBe(region.ToLowerInvariant());
    }

    [Fact]
    public async Task The_endpoint_URL_comes_from_the_source_with_the_highest_precedence()
    {
        environment["AWS_PROFILE"] = "dev";
        async Task ShouldBe(string address, ConnectionSettings? settings = null)
        {
            using var connection = await Connect.ToAsync(settings ?? Keys);
            connection.Endpoint.AbsoluteUri.ShouldBe(address);
        }

        await ShouldBe("https://apprunner.eu-west-1.amazonaws.com/");
        environment.Config("[profile dev]\nendpoint_url = http://profile:1/\n");
        await ShouldBe("http://profile:1/");
        environment.Config("[profile dev]\nendpoint_url = http://profile:1/\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = http://s3:1/\napprunner =\n  endpoint_url = http://services:2/\n");
        await ShouldBe("http://services:2/");
        environment["AWS_ENDPOINT_URL"] = "http://global:3";
        await ShouldBe("http://global:3/");
        environment["AWS_ENDPOINT_URL_APPRUNNER"] = "http://own:4";
        await ShouldBe("http://own:4/");
        environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
        await ShouldBe("https://apprunner.eu-west-1.amazonaws.com/");
        await ShouldBe("http://given:5/", Keys with { EndpointUrl = "http://given:5" });
    }

    [Fact]
    public async Task A_profile_can_ignore_configured_endpoint_URLs()
    {
        environment.Config("[default]\nendpoint_url = http://profile:1/\nignore_configured_endpoint_urls = true\n");

        using var connection = await Connect.ToAsync(Keys);

        connection.Endpoint.Host.ShouldBe("apprunner.eu-west-1.amazonaws.com");
    }

    [Fact]
    public async Task FIPS_and_dual_stack_are_read_from_environment_variables_and_the_profile()
    {
        environment.Config("[default]\nuse_dualstack_endpoint = true\n");
        environment["AWS_USE_FIPS_ENDPOINT"] = "true";

        using var both = await Connect.ToAsync(Keys with { Region = "us-east-1" });
        using var neither = await Connect.ToAsync(Keys with { Region = "us-east-1", UseFipsEndpoint = false, UseDualStackEndpoint = false });

        both.Endpoint.Host.ShouldBe("apprunner-fips.us-east-1.api.aws");
        neither.Endpoint.Host.ShouldBe("apprunner.us-east-1.amazonaws.com");
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://host/")]
    [InlineData("127.0.0.1:8990")]
    [InlineData("http://")]
    [InlineData("http://user:PASSWORD@host/")]
    [InlineData("http//user:PASSWORD@host/")]
    [InlineData("http://host/?a=b")]
    [InlineData("file:///etc/passwd")]
    public async Task A_malformed_endpoint_URL_is_refused_and_its_source_is_named(string url)
    {
        var given = await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Keys with { EndpointUrl = url }));
        given.Message.ShouldStartWith("EndpointUrl");
        given.Message.ShouldNotContain("PASSWORD");

        environment["AWS_ENDPOINT_URL_APPRUNNER"] = url;
        (await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Keys))).Message.ShouldStartWith("AWS_ENDPOINT_URL_APPRUNNER");

        environment["AWS_ENDPOINT_URL_APPRUNNER"] = null;
        environment.Config($"[default]\nendpoint_url = {url}\n");
        (await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Keys))).Message.ShouldContain("profile \"default\"");
    }

    [Fact]
    public async Task A_setting_that_is_neither_true_nor_false_is_refused()
    {
        environment["AWS_USE_FIPS_ENDPOINT"] = "yes";

        (await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Keys))).Message.ShouldContain("AWS_USE_FIPS_ENDPOINT");
    }

    [Fact]
    public async Task The_region_comes_from_the_source_with_the_highest_precedence()
    {
        environment["AWS_PROFILE"] = "dev";
        async Task ShouldBe(string region, string? given = null)
        {
            using var connection = await Connect.ToAsync(Keys with { Region = given });
            connection.Region.ShouldBe(region);
        }

        environment.Config("[default]\nregion = us-east-2\n[profile dev]\nregion = eu-central-1 # Frankfurt\n");
        await ShouldBe("eu-central-1");
        environment["AWS_DEFAULT_REGION"] = "ap-south-1";
        await ShouldBe("ap-south-1");
        environment["AWS_REGION"] = "us-west-2";
        await ShouldBe("us-west-2");
        await ShouldBe("eu-west-3", "eu-west-3");
    }

    [Fact]
    public async Task NoRegion_lists_the_sources_that_were_searched_and_what_to_do()
    {
        var error = await Should.ThrowAsync<NoRegionException>(() => Connect.ToAsync(Keys with { Region = null }));

        error.ErrorId.ShouldBe(ErrorIds.NoRegion);
        error.Message.ShouldContain("AWS_REGION");
        error.Message.ShouldContain("AWS_DEFAULT_REGION");
        error.Message.ShouldContain("profile \"default\"");
        error.Message.ShouldContain(environment.Home);
        error.RecommendedAction.ShouldNotBeNull().ShouldContain("Set-ARContext");
    }

    [Theory]
    [InlineData("eu west 1")]
    [InlineData("evil.example.com/")]
    [InlineData("-x")]
    [InlineData("eu_west_1")]
    public async Task A_malformed_region_is_refused(string region) =>
        (await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Keys with { Region = region }))).Message.ShouldContain(region);
}
