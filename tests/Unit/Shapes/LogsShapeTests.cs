using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json.Serialization;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Shapes;

/// <summary>The supported part of CloudWatch Logs, compared with the API's shape table.</summary>
public class LogsShapeTests
{
    // Members for other accounts, for features that App Runner's log groups do not have, and deprecated ones.
    private static readonly string[] NotSpoken =
    [
        "DescribeLogGroupsRequest.accountIdentifiers", "DescribeLogGroupsRequest.includeLinkedAccounts", "DescribeLogGroupsRequest.logGroupClass", "DescribeLogGroupsRequest.logGroupIdentifiers",
        "FilterLogEventsRequest.unmask", "FilterLogEventsResponse.searchedLogStreams", "GetLogEventsRequest.unmask",
        "LogGroup.bearerTokenAuthenticationEnabled", "LogGroup.dataProtectionStatus", "LogGroup.deletionProtectionEnabled", "LogGroup.inheritedProperties", "LogGroup.kmsKeyId",
        "LogStream.uploadSequenceToken",
    ];

    private static readonly string[] Structures =
    [
        .. ShapeTable.LogsOperations.SelectMany(operation => ShapeTable.ReachableFrom(ShapeTable.InputOf(operation)).Concat(ShapeTable.ReachableFrom(ShapeTable.OutputOf(operation))))
            .Distinct().Where(shape => ShapeTable.TypeOf(ShapeTable.Shape(shape)) == "structure" && shape != "SearchedLogStream"),
    ];

    [Fact]
    public void No_member_is_missing_or_extra()
    {
        var spoken = Structures.SelectMany(name => MembersOf(name).Keys.Select(member => $"{name}.{member}"));
        var documented = Structures.SelectMany(name => ShapeTable.MembersOf(name).Keys.Select(member => $"{name}.{member}"));

        spoken.Concat(NotSpoken).Order().ShouldBe(documented.Order());
    }

    [Fact]
    public void Every_member_has_its_type_and_its_constraints()
    {
        foreach (var name in Structures)
        {
            foreach (var (wireName, member) in MembersOf(name))
            {
                var place = $"{name}.{wireName}";
                var shapeName = ShapeTable.MembersOf(name)[wireName];
                var shape = ShapeTable.Shape(shapeName);
                member.PropertyType.ShouldBe(TypeFor(shapeName), place);
                if (!name.EndsWith("Request", StringComparison.Ordinal) || shapeName == "LogsNextToken")
                    continue;
                (member.GetCustomAttribute<RequiredAttribute>() is not null).ShouldBe(ShapeTable.RequiredOf(name).Contains(wireName), place);
                (member.GetCustomAttribute<OneOfAttribute>()?.Values.ToArray()).ShouldBe(ShapeTable.ValuesOf(shape), place);
                if (ShapeTable.TypeOf(shape) is "integer" or "long" && ShapeTable.Bound(shape, "min") is { } least)
                {
                    var range = member.GetCustomAttribute<RangeAttribute>().ShouldNotBeNull(place);
                    (range.Minimum, range.Maximum).ShouldBe((least, ShapeTable.Bound(shape, "max") ?? int.MaxValue), place);
                }
                else if (ShapeTable.TypeOf(shape) == "string" && ShapeTable.Bound(shape, "max") is { } longest)
                {
                    var rules = member.GetCustomAttributes<RuleAttribute>().ToArray();
                    rules.ShouldContain(rule => rule.Check(new string('a', longest + 1)).Any(), place);
                    rules.ShouldAllBe(rule => !rule.Check(new string('a', longest)).Any(), place);
                }
            }
        }
    }

    [Fact]
    public void A_request_has_its_operation_and_its_response_type()
    {
        foreach (var operation in ShapeTable.LogsOperations)
        {
            var request = ClassOf(ShapeTable.InputOf(operation));
            var made = (AppRunnerRequest)Activator.CreateInstance(request)!;
            (made.TargetPrefix, made.Operation, made.ChangesState).ShouldBe((LogsApi.TargetPrefix, operation, false));
            typeof(IAppRunnerClient).GetMethod(nameof(IAppRunnerClient.SendAsync))!.MakeGenericMethod(ClassOf(ShapeTable.OutputOf(operation))).GetParameters()[0].ParameterType.IsAssignableFrom(request).ShouldBeTrue(operation);
        }
    }

    private static Dictionary<string, PropertyInfo> MembersOf(string structure) => ClassOf(structure).GetProperties()
        .Where(property => property.GetCustomAttribute<JsonPropertyNameAttribute>() is not null)
        .ToDictionary(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name);

    private static Type TypeFor(string name) => ShapeTable.TypeOf(ShapeTable.Shape(name)) switch
    {
        "structure" => ClassOf(name),
        "list" => typeof(List<>).MakeGenericType(TypeFor(ShapeTable.EntryOf(ShapeTable.Shape(name)))),
        "string" => typeof(string),
        "integer" => typeof(int?),
        "long" => typeof(long?),
        "boolean" => typeof(bool?),
        var other => throw new NotSupportedException(other),
    };

    private static Type ClassOf(string shape) => typeof(LogsApi).Assembly.GetType(typeof(LogsApi).Namespace + "." + shape).ShouldNotBeNull(shape);
}
