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

/// <summary>Compares the scenario with the API's shape table: no operation and no error is left out.</summary>
public class ScenarioTests
{
    private const string Success = "success";

    // Documented without a condition: the local endpoint has no such state.
    private static readonly HashSet<string> NotProvoked = ["TagResource InvalidStateException", "UntagResource InvalidStateException", "ListTagsForResource InvalidStateException"];

    public static TheoryData<string> Operations => [.. ShapeTable.Operations, .. ShapeTable.LogsOperations];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_is_called_with_success_and_with_each_documented_error(string operation)
    {
        // An internal error is provoked before each success.
        var expected = ShapeTable.ErrorsOf(operation).Append(Success).Where(outcome => outcome != Run.InternalErrorOf(operation) && !NotProvoked.Contains($"{operation} {outcome}"));
        expected.Except(Outcomes(operation)).ShouldBeEmpty();
    }

    [Fact]
    public void Npm_packages_are_pinned_without_a_registry_URL()
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
