using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Docs;

/// <summary>about_ARServiceDefinition documents all members of CreateService, to any depth, with their rules.</summary>
public class DefinitionTopicTests
{
    private static readonly Dictionary<string, (PropertyInfo Property, bool IsChangeable)> Members = ReadMembers();

    // Member, value, default, update.
    private static readonly Dictionary<string, string[]> Rows = HelpPage.Of("about_ARServiceDefinition").Rows()
        .Where(row => row.Length == 4)
        .ToDictionary(row => row[0]);

    public static TheoryData<string> MemberNames => [.. Members.Keys];

    [Fact]
    public void The_table_has_exactly_the_members_of_CreateService() => Rows.Keys.ShouldBe(Members.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(MemberNames))]
    public void A_row_has_the_rules_of_its_member(string name)
    {
        var (member, isChangeable) = Members[name];
        var row = Rows[name];

        RuleText.Of(member).Where(rule => !RuleText.Says(row[1], rule)).ShouldBeEmpty();
        row[1].Contains("Sensitive", StringComparison.Ordinal).ShouldBe(member.GetCustomAttribute<SensitiveAttribute>() is not null);
        row[2].StartsWith("Required", StringComparison.Ordinal).ShouldBe(member.GetCustomAttribute<RequiredAttribute>() is not null);
        row[3].Split(' ', ';', ',')[0].ShouldBe(isChangeable ? "Yes" : "Create");
    }

    [Theory]
    [MemberData(nameof(MemberNames))]
    public void A_row_has_the_type_of_its_member(string name)
    {
        var member = Members[name].Property;
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var expected = type switch
        {
            _ when type == typeof(bool) => ["$true"],
            _ when type == typeof(int) => ["Number"],
            _ when type == typeof(Dictionary<string, string>) => ["Map"],
            _ when type == typeof(List<Tag>) => ["List"],

            // Known values imply the type.
            _ when type == typeof(string) => member.GetCustomAttribute<OneOfAttribute>() is { } known ? known.Values.ToArray() : ["Text"],
            _ => ["Structure"],
        };

        expected.ShouldContain(first => Rows[name][1].StartsWith(first, StringComparison.Ordinal));
    }

    // The members are from the API's shapes, the rules from the Model.
    private static Dictionary<string, (PropertyInfo Property, bool IsChangeable)> ReadMembers()
    {
        var members = new Dictionary<string, (PropertyInfo Property, bool IsChangeable)>();
        var changeable = ShapeTable.MembersOf(ShapeTable.InputOf("UpdateService"));
        foreach (var (name, target) in ShapeTable.MembersOf(ShapeTable.InputOf("CreateService")))
        {
            members[name] = (typeof(CreateServiceRequest).GetProperty(name).ShouldNotBeNull(), changeable.ContainsKey(name));
            foreach (var structure in ShapeTable.ReachableFrom(target).Intersect(ShapeTable.Structures))
            {
                foreach (var inner in ShapeTable.MembersOf(structure).Keys)
                    members[$"{structure}.{inner}"] = (ParameterHelpTests.ModelType(structure)!.GetProperty(inner).ShouldNotBeNull(), changeable.ContainsKey(name));
            }
        }

        return members;
    }
}
