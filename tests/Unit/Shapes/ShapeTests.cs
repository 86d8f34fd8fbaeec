using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Shapes;

/// <summary>The Model beside the API's own table of shapes (api-shapes.json): nothing missing, nothing invented.</summary>
public class ShapeTests
{
    private static readonly JsonElement Api = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shapes", "api-shapes.json"))).RootElement;

    // Where the API's rule is known to be wrong or too narrow, and the service decides: ServiceId's length contradicts its own pattern.
    private static readonly HashSet<string> NotEnforced = ["ServiceId", "UUID", "NextToken", "ErrorMessage"];

    public static TheoryData<string> Structures => [.. AllShapes().Where(shape => shape.Value.GetProperty("type").GetString() == "structure" && !IsException(shape.Value)).Select(shape => shape.Name)];

    public static TheoryData<string> Operations => [.. Api.GetProperty("operations").EnumerateObject().Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_class_has_the_members_of_its_shape_with_their_rules(string name)
    {
        var shape = Shape(name);
        var members = RequestRules.WireMembers(ClassOf(name)).ToDictionary(member => member.Name);
        var expected = shape.GetProperty("members").EnumerateObject().ToArray();

        members.Keys.Order().ShouldBe(expected.Select(member => member.Name).Order());
        foreach (var member in expected)
            CheckMember(name, members[member.Name], Shape(member.Value.GetProperty("shape").GetString()!), member.Value.GetProperty("shape").GetString()!);
        if (IsInput(name) && shape.TryGetProperty("required", out var required))
        {
            members.Values.Where(member => member.GetCustomAttribute<RequiredAttribute>() is not null).Select(member => member.Name).Order()
                .ShouldBe(required.EnumerateArray().Select(member => member.GetString()!).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_request_knows_its_operation_and_its_answer(string operation)
    {
        var request = ClassOf(operation + "Request");
        ((AppRunnerRequest)Activator.CreateInstance(request)!).Operation.ShouldBe(operation);
        request.BaseType!.GenericTypeArguments.ShouldBe([ClassOf(operation + "Response")]);
    }

    [Fact]
    public void Every_error_has_its_exception()
    {
        foreach (var shape in AllShapes().Where(shape => IsException(shape.Value)))
            ServiceErrors.Create(shape.Name, "words", 400, null).GetType().Name.ShouldBe(shape.Name);
    }

    private static void CheckMember(string owner, PropertyInfo member, JsonElement shape, string shapeName)
    {
        var place = owner + "." + member.Name;
        var values = shape.TryGetProperty("enum", out var known) ? known.EnumerateArray().Select(value => value.GetString()!).ToArray() : null;
        (member.GetCustomAttribute<OneOfAttribute>()?.Values.ToArray()).ShouldBe(values, place);
        if (IsSensitive(shape))
            member.GetCustomAttribute<SensitiveAttribute>().ShouldNotBeNull(place);
        if (!IsInput(owner) || NotEnforced.Contains(shapeName))
            return;
        var (minimum, maximum) = (Bound(shape, "min"), Bound(shape, "max"));
        if (shape.GetProperty("type").GetString() == "integer" && maximum is not null)
        {
            var range = member.GetCustomAttribute<RangeAttribute>().ShouldNotBeNull(place);
            ((int?)range.Minimum, (int?)range.Maximum).ShouldBe((minimum, maximum), place);
        }
        else if (shape.GetProperty("type").GetString() == "string" && maximum is { } most)
        {
            // A value of exactly the greatest length passes, one more does not; the pattern may say so instead of a length.
            var length = member.GetCustomAttribute<LengthAttribute>();
            if (length is not null)
                (length.Minimum, length.Maximum).ShouldBe((minimum ?? 0, most), place);
            else
                member.GetCustomAttributes<RuleAttribute>().ShouldNotBeEmpty(place);
        }
    }

    private static int? Bound(JsonElement shape, string name) => shape.TryGetProperty(name, out var bound) ? bound.GetInt32() : null;

    private static bool IsSensitive(JsonElement shape) =>
        shape.TryGetProperty("sensitive", out _) || (shape.TryGetProperty("value", out var value) && IsSensitive(Shape(value.GetProperty("shape").GetString()!)));

    private static bool IsException(JsonElement shape) => shape.TryGetProperty("exception", out _);

    // What only comes out of the service is not judged by rules.
    private static bool IsInput(string name) => name is not ("Service" or "ServiceSummary" or "OperationSummary" or "AutoScalingConfigurationSummary") && !name.EndsWith("Response", StringComparison.Ordinal);

    private static JsonElement.ObjectEnumerator AllShapes() => Api.GetProperty("shapes").EnumerateObject();

    private static JsonElement Shape(string name) => Api.GetProperty("shapes").GetProperty(name);

    private static Type ClassOf(string shape) => typeof(Service).Assembly.GetType("AppRunner.Model." + (shape == "OperationSummary" ? "Operation" : shape)).ShouldNotBeNull(shape);
}
