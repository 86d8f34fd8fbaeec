using AppRunner.Model;
using AppRunner.Model.Json;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Json;

public sealed class JsonPositionsTests
{
    private const string Sample = """
        {
          "ServiceName": "web", // comments are allowed
          "Tags": [
            { "Key": "é😀", "Value": "b" }, { "Key": "c" },
          ],
          "HealthCheckConfiguration": { "Interval": 5 },
          "Port": 80
        }
        """;

    [Theory]
    [InlineData("ServiceName", 2, 3)]
    [InlineData("servicename", 2, 3)]
    [InlineData("Tags", 3, 3)]
    [InlineData("Tags[0].Value", 4, 21)]
    [InlineData("Tags[1]", 4, 37)]
    [InlineData("Tags[1].Key", 4, 39)]
    [InlineData("HealthCheckConfiguration.Interval", 6, 33)]
    [InlineData("HealthCheckConfiguration.Timeout", 6, 3)]
    [InlineData("Tags[1].Value.Deeper", 4, 37)]
    [InlineData("SourceConfiguration.ImageRepository.ImageConfiguration.Port", 7, 3)]
    public void The_position_of_a_member_is_found_or_that_of_its_nearest_parent(string path, int line, int column) => JsonPositions.Of(Sample).Find(path).ShouldBe((line, column));

    [Theory]
    [InlineData("")]
    [InlineData("SourceConfiguration")]
    [InlineData("SourceConfiguration.ImageRepository")]
    public void A_path_that_is_not_in_the_JSON_has_the_position_of_the_root(string path) => JsonPositions.Of("\n " + Sample).Find(path).ShouldBe((2, 2));

    [Theory]
    [InlineData("ServiceName", 3, 5)]
    [InlineData("HealthCheckConfiguration.Port", 3, 25)]
    [InlineData("InstanceConfiguration", 3, 3)]
    public void A_path_is_found_below_its_parent(string path, int line, int column) =>
        JsonPositions.Of("[\n{ \"ServiceName\": \"a\", \"Port\": 1 },\n  { \"ServiceName\": \"b\", \"Port\": 2 } ]").Find(path, "[1]").ShouldBe((line, column));

    [Theory]
    [InlineData("{", true)]
    [InlineData("[ {}, ", true)]
    [InlineData("{ \"a\": \"b", true)]
    [InlineData("{}", false)]
    [InlineData("{ oops", false)]
    [InlineData("{} x", false)]
    [InlineData("text", false)]
    public void The_beginning_of_a_document_is_incomplete(string json, bool isIncomplete) => JsonPositions.IsIncomplete(json).ShouldBe(isIncomplete);

    [Theory]
    [InlineData("{\n  \"a\": oops\n}", 2, 8, "is not valid JSON: 'o' is an invalid start of a value.")]
    [InlineData("{\"é\": 1,\n\n \"ü\" 2}", 3, 6, "is not valid JSON")]
    [InlineData("", 1, 1, "is not valid JSON")]
    [InlineData("{", 1, 2, "is not valid JSON")]
    [InlineData("{ \"a\":\n \"\\ud800\" }", 2, 2, "contains a \\u escape for only half of a surrogate pair")]
    [InlineData("{} x", 1, 4, "is not valid JSON")]
    public void Malformed_JSON_is_reported_with_its_position(string json, int line, int column, string message)
    {
        var fault = JsonPositions.Of(json).Faults.ShouldHaveSingleItem();
        fault.Message.ShouldStartWith(message);
        fault.Message.ShouldNotContain("LineNumber");
        (fault.Line, fault.Column).ShouldBe((line, column));
    }

    [Fact]
    public void A_duplicate_member_is_an_error()
    {
        var fault = JsonPositions.Of("{ \"a\": { \"b\": 1,\n \"b\": 2 } }").Faults.ShouldHaveSingleItem();
        (fault.Path, fault.Line, fault.Column, fault.Message).ShouldBe(("a.b", 2, 2, "is given twice, first on line 1."));
    }

    [Fact]
    public void Member_names_are_case_sensitive() => JsonPositions.Of("{ \"a\": 1, \"A\": 2 }").Faults.ShouldBeEmpty();

    [Fact]
    public void It_never_throws_and_reports_an_error_exactly_if_the_JSON_reader_does() =>
        Gen.OneOf("{", "}", "[", "]", ",", ":", "\"a\"", "\"A\"", "\"b\"", "\"é😀", "\"", "1", "-", "true", "null", " ", "\n", "//x\n", "/*", "*/", "\\u12", "\"\\ud800\"", "\0")
            .Array[0, 25].Select(string.Concat).Sample(
                json =>
                {
                    var isBad = false;
                    try
                    {
                        _ = JsonGraph.Parse(json, "x");
                    }
                    catch (InvalidParameterException)
                    {
                        isBad = true;
                    }

                    (JsonPositions.Of(json).Faults.Count > 0).ShouldBe(isBad, json);
                },
                iter: 5_000);
}
