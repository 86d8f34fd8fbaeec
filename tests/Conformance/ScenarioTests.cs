using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.Conformance.Tests.JavaScript;
using AppRunner.Conformance.Tests.Parts;
using AppRunner.Conformance.Tests.Scenario;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Conformance.Tests;

/// <summary>The scenario beside the API's table: nothing of the API is left out.</summary>
public class ScenarioTests
{
    private const string Success = "success";

    // Documented, but in no words that say when: the local endpoint has no such state.
    private static readonly HashSet<string> NotProvoked = ["TagResource InvalidStateException", "UntagResource InvalidStateException", "ListTagsForResource InvalidStateException"];

    public static TheoryData<string> Operations => [.. ShapeTable.Operations, .. ShapeTable.LogsOperations];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_is_called_with_success_and_with_each_documented_error(string operation)
    {
        // An error inside comes before each success.
        var expected = ShapeTable.ErrorsOf(operation).Append(Success).Where(outcome => outcome != Run.InsideError(operation) && !NotProvoked.Contains($"{operation} {outcome}"));
        expected.Except(Outcomes(operation)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_installed_is_pinned_and_names_no_registry()
    {
        var pinned = File.ReadAllText(Path.Combine(NodePackages.Sources, "package-lock.json"));
        pinned.ShouldContain("\"integrity\"");
        pinned.ShouldNotContain("://");
        pinned.ShouldNotContain("\"resolved\"");
    }

    private static IEnumerable<string> Outcomes(string operation) => AllParts.Parts.SelectMany(part => part.Steps).Select(step => step switch
    {
        Call call when call.Operation == operation => call.Error ?? Success,
        UpToQuota fill when fill.Operation == operation => nameof(ServiceQuotaExceededException),
        _ => null,
    }).OfType<string>();
}
