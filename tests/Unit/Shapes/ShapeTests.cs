using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Shapes;

/// <summary>Compares the Model with the API's shape table: nothing is missing and nothing is extra.</summary>
public class ShapeTests
{
    private static readonly HashSet<string> Inputs = [.. ShapeTable.Operations.SelectMany(operation => ShapeTable.ReachableFrom(ShapeTable.InputOf(operation)))];

    // Every pattern of the table refuses at least one of these.
    private static readonly string[] Malformed = ["\n \n", "\0", "aws:x"];

    public static TheoryData<string> Structures => [.. ShapeTable.Structures];

    public static TheoryData<string> Operations => [.. ShapeTable.Operations];

    public static TheoryData<string> Enumerations => [.. ShapeTable.Enumerations];

    [Fact]
    public void The_table_has_all_operations_and_shapes()
    {
        ShapeTable.Operations.Count.ShouldBe(37);
        (ShapeTable.Structures.Count + ShapeTable.Exceptions.Count).ShouldBe(113);
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_class_has_the_members_of_its_shape_with_their_types_and_constraints(string name)
    {
        var members = RequestRules.WireMembers(ClassOf(name)).ToDictionary(member => member.Name);
        var expected = ShapeTable.MembersOf(name);

        members.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach (var (member, shape) in expected)
        {
            CheckType(name, members[member], shape);
            CheckMember(name, members[member], shape);
        }

        if (Inputs.Contains(name))
        {
            // The table does not require a tag's key, but the service does.
            var required = name == "Tag" ? ["Key"] : ShapeTable.RequiredOf(name);
            members.Values.Where(member => member.GetCustomAttribute<RequiredAttribute>() is not null).Select(member => member.Name).Order().ShouldBe(required.Order());
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_request_has_its_operation_and_its_response_type(string operation)
    {
        var request = ClassOf(ShapeTable.InputOf(operation));
        ((AppRunnerRequest)Activator.CreateInstance(request)!).Operation.ShouldBe(operation);
        request.BaseType!.GenericTypeArguments.ShouldBe([ClassOf(ShapeTable.OutputOf(operation))]);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operations_with_NextToken_are_paged_with_the_maximum_MaxResults(string operation)
    {
        var request = ClassOf(ShapeTable.InputOf(operation));
        var isPaged = ShapeTable.MembersOf(request.Name).TryGetValue("MaxResults", out var limit);
        typeof(IPagedRequest).IsAssignableFrom(request).ShouldBe(isPaged);
        typeof(IPagedResponse).IsAssignableFrom(ClassOf(ShapeTable.OutputOf(operation))).ShouldBe(isPaged);
        if (isPaged)
            request.GetField("PageLimit", BindingFlags.Static | BindingFlags.NonPublic).ShouldNotBeNull().GetRawConstantValue().ShouldBe(ShapeTable.Bound(ShapeTable.Shape(limit!), "max"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void ChangesState_is_true_for_operations_that_write(string operation) =>
        ((AppRunnerRequest)Activator.CreateInstance(ClassOf(ShapeTable.InputOf(operation)))!).ChangesState
            .ShouldBe(!operation.StartsWith("Describe", StringComparison.Ordinal) && !operation.StartsWith("List", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void The_known_values_of_an_enumeration_match_the_API(string name) => OneOfAttribute.ValuesOf(ClassOf(name)).ShouldBe(ShapeTable.ValuesOf(ShapeTable.Shape(name))!);

    [Fact]
    public void Every_API_error_has_an_exception()
    {
        foreach (var error in ShapeTable.Exceptions)
            ServiceErrors.Create(error, "text", 400, null).GetType().Name.ShouldBe(error);
    }

    [Fact]
    public void No_shape_and_no_operation_is_extra()
    {
        var model = typeof(Service).Assembly.GetTypes();
        var requests = model.Where(type => type.IsSubclassOf(typeof(AppRunnerRequest)) && !type.IsAbstract).ToLookup(type => ((AppRunnerRequest)Activator.CreateInstance(type)!).TargetPrefix == "AppRunner");
        var otherResponses = requests[false].Select(ResponseOf);
        requests[true].Select(type => type.Name).Order()
            .ShouldBe(ShapeTable.Operations.Select(ShapeTable.InputOf).Order());
        model.Where(type => type.IsSubclassOf(typeof(AppRunnerResponse)) && !type.IsAbstract).Except(otherResponses).Select(type => type.Name).Order()
            .ShouldBe(ShapeTable.Operations.Select(ShapeTable.OutputOf).Order());
    }

    private static Type ResponseOf(Type request) => request.BaseType is { IsGenericType: true } generic ? generic.GenericTypeArguments[0] : ResponseOf(request.BaseType.ShouldNotBeNull());

    private static void CheckType(string owner, PropertyInfo member, string shapeName)
    {
        var shape = ShapeTable.Shape(shapeName);
        member.PropertyType.ShouldBe(TypeFor(shape, shapeName), owner + "." + member.Name);
    }

    private static Type TypeFor(JsonElement shape, string name) => ShapeTable.TypeOf(shape) switch
    {
        "structure" => ClassOf(name),
        "list" => typeof(List<>).MakeGenericType(TypeFor(ShapeTable.Shape(ShapeTable.EntryOf(shape)), ShapeTable.EntryOf(shape))),
        "map" => typeof(Dictionary<string, string>),
        "string" => typeof(string),
        "integer" => typeof(int?),
        "boolean" => typeof(bool?),
        "timestamp" => typeof(DateTime?),
        var other => throw new NotSupportedException(other),
    };

    private static void CheckMember(string owner, PropertyInfo member, string shapeName)
    {
        var place = owner + "." + member.Name;
        var shape = ShapeTable.Shape(shapeName);
        (member.GetCustomAttribute<OneOfAttribute>()?.Values.ToArray()).ShouldBe(ShapeTable.ValuesOf(shape), place);
        (member.GetCustomAttribute<SensitiveAttribute>() is not null).ShouldBe(IsSensitive(shape), place);

        // Members that occur only in responses have no rules.
        if (!Inputs.Contains(owner))
            return;
        var (minimum, maximum) = (ShapeTable.Bound(shape, "min"), ShapeTable.Bound(shape, "max"));
        switch (ShapeTable.TypeOf(shape))
        {
            case "integer" when minimum is not null:
                var range = member.GetCustomAttribute<RangeAttribute>().ShouldNotBeNull(place);
                (range.Minimum, range.Maximum).ShouldBe((minimum.Value, maximum ?? int.MaxValue), place);
                break;
            case "string" when shapeName != "String" && (maximum is not null || shape.TryGetProperty("pattern", out _)):
                CheckText(place, Rules(member), shape, minimum ?? 0, maximum);
                break;
        }
    }

    // Tests what the rules accept, not how they are declared: one character over the limit is refused, and there is no stricter rule.
    private static void CheckText(string place, RuleAttribute[] rules, JsonElement shape, int minimum, int? maximum)
    {
        rules.ShouldNotBeEmpty(place);
        if (maximum is { } most)
            rules.ShouldContain(rule => rule.Check(new string('a', most + 1)).Any(), place);
        if (minimum > 1)
            rules.ShouldContain(rule => rule.Check(new string('a', minimum - 1)).Any(), place);
        if (shape.TryGetProperty("pattern", out var pattern) && pattern.GetString() is { } form and not ".*")
        {
            Malformed.Where(text => !Regex.IsMatch(text, $"^(?:{form})$"))
                .ShouldContain(text => rules.Any(rule => rule.Check(text).Any()), place + " against " + form);
        }
    }

    private static RuleAttribute[] Rules(PropertyInfo member) => [.. member.GetCustomAttributes<RuleAttribute>()];

    private static bool IsSensitive(JsonElement shape) =>
        shape.TryGetProperty("sensitive", out _) || (shape.TryGetProperty("value", out var value) && IsSensitive(ShapeTable.Shape(ShapeTable.Target(value))));

    private static Type ClassOf(string shape) => typeof(Service).Assembly.GetType("AppRunner.Model." + (shape == "OperationSummary" ? "Operation" : shape)).ShouldNotBeNull(shape);
}
