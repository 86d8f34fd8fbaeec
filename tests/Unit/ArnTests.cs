using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests;

public class ArnTests
{
    [Fact]
    public void A_service_ARN_is_parsed_into_its_parts()
    {
        Arn.TryParseService("arn:aws:apprunner:eu-west-1:123456789012:service/web/8fe1e10304f84fd2b0df550fe98a71fa", out var arn).ShouldBeTrue();
        arn!.Region.ShouldBe("eu-west-1");
        arn.AccountId.ShouldBe("123456789012");
        arn.Name.ShouldBe("web");
        arn.Id.ShouldBe("8fe1e10304f84fd2b0df550fe98a71fa");
    }

    [Theory]
    [InlineData("arn:aws:apprunner:eu-west-1:123456789012:autoscalingconfiguration/high/3", "high", 3, null)]
    [InlineData("arn:aws:apprunner:eu-west-1:123456789012:autoscalingconfiguration/high", "high", null, null)]
    [InlineData("arn:aws:apprunner:eu-west-1:123456789012:vpcconnector/net/1/0123456789abcdef0123456789abcdef", "net", 1, "0123456789abcdef0123456789abcdef")]
    public void The_revision_and_the_id_of_an_ARN_are_optional(string text, string name, int? revision, string? id)
    {
        Arn.TryParse(text, out var arn).ShouldBeTrue();
        arn!.Name.ShouldBe(name);
        arn.Revision.ShouldBe(revision);
        arn.Id.ShouldBe(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("arn:aws:apprunner:eu-west-1:123456789012:service/web")]
    [InlineData("arn:aws:s3:::bucket/service/web/1")]
    [InlineData("arn:aws:apprunner:eu-west-1:1:service/web/1\n")]
    public void A_malformed_service_ARN_is_refused(string? text) => Arn.TryParseService(text, out _).ShouldBeFalse();
}
