using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Docs;

/// <summary>
/// Parameter documentation: the API member (<c>API member: Shape.Member</c>), known values, bounds, unit and default.
/// Compared with the rules in the Model and on the parameters, and with the API's shapes.
/// </summary>
public partial class ParameterHelpTests
{
    // Members for paging: the cmdlets read all pages.
    private static readonly string[] Paging = ["MaxResults", "NextToken"];

    public static TheoryData<string> CmdletNames => HelpTests.CmdletNames;

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Every_API_member_on_a_page_exists(string cmdlet) =>
        HelpPage.Of(cmdlet).Parameters
            .SelectMany(parameter => MembersIn(parameter.Value).Where(member => Find(cmdlet, member) is null).Select(member => $"-{parameter.Key}: {member}"))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Every_request_member_is_documented_by_a_parameter(string cmdlet)
    {
        var named = HelpPage.Of(cmdlet).Parameters.Values.SelectMany(MembersIn).ToHashSet();
        var sent = ReadmeTable.OperationsOf(cmdlet).SelectMany(operation => ShapeTable.MembersOf(ShapeTable.InputOf(operation)).Keys).Except(Paging);

        sent.Where(member => !named.Any(name => name == member || name.StartsWith(member + ".", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Every_member_of_a_created_object_is_documented_by_a_parameter(string cmdlet)
    {
        if (!cmdlet.EndsWith("Config", StringComparison.Ordinal))
            return;
        var named = HelpPage.Of(cmdlet).Parameters.Values.SelectMany(MembersIn).ToHashSet();
        var structures = ShapeTable.ReachableFrom(Output(cmdlet).Name).Intersect(ShapeTable.Structures).ToArray();

        var members = from structure in structures
                      from member in ShapeTable.MembersOf(structure)
                      where !structures.Contains(member.Value)
                      select $"{structure}.{member.Key}";
        members.Where(member => !named.Contains(member)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Known_values_and_bounds_are_on_the_page(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        var missing = from parameter in StagedCmdlets.Of(cmdlet).OwnParameters()
                      let text = page.Parameters[parameter.Name]
                      from rule in RequiredTextOf(cmdlet, parameter, text)
                      where !RuleText.Says(text, rule)
                      select $"-{parameter.Name}: {rule}";
        missing.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void The_default_of_an_optional_parameter_is_on_the_page(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        var missing = from parameter in StagedCmdlets.Of(cmdlet).OwnParameters()
                      where !parameter.SwitchParameter && !parameter.ParameterSets.Values.Any(set => set.IsMandatory)
                      where !page.Parameters[parameter.Name].Contains("Default: ", StringComparison.Ordinal)
                      select parameter.Name;
        missing.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_time_span_parameter_documents_its_units(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        var missing = from parameter in StagedCmdlets.Of(cmdlet).OwnParameters()
                      where parameter.ParameterType == typeof(TimeSpan)
                      let text = page.Parameters[parameter.Name]
                      where !text.Contains("a number of seconds", StringComparison.Ordinal) || !text.Contains("time span", StringComparison.Ordinal)
                      select parameter.Name;
        missing.ShouldBeEmpty();
    }

    /// <summary>The class of the Model with the name of an API shape.</summary>
    internal static Type? ModelType(string name) => typeof(ErrorIds).Assembly.GetType($"{typeof(ErrorIds).Namespace}.{name}");

    [GeneratedRegex(@"API members?: (?<names>.+?)(?=\. |\.$)")]
    private static partial Regex Mentions();

    // A member name starts with one capital letter, a known value such as ECR with several.
    [GeneratedRegex(@"\b[A-Z][a-z]\w*(?:\.[A-Z]\w+)?")]
    private static partial Regex MemberNames();

    private static IEnumerable<string> MembersIn(string text) =>
        Mentions().Matches(text).SelectMany(mention => MemberNames().Matches(mention.Groups["names"].Value)).Select(name => name.Value);

    // The text that a page must have because of the rules of the parameter or the member.
    private static IEnumerable<string> RequiredTextOf(string cmdlet, ParameterMetadata parameter, string text)
    {
        foreach (var rule in parameter.Attributes)
        {
            if (rule is ValidateSetAttribute set)
                yield return RuleText.Among(set.ValidValues);
            if (rule is ValidateRangeAttribute { MinRange: { } minimum, MaxRange: { } maximum })
                yield return Equals(maximum, int.MaxValue) ? $"{minimum}" : RuleText.Among([$"{minimum}", $"{maximum}"]);
        }

        // For the name of an existing resource, its own rules apply.
        if (parameter.ParameterType.Name == "ResourceIdentity[]")
            yield break;
        foreach (var member in MembersIn(text).Select(member => Find(cmdlet, member)!))
        {
            foreach (var rule in RuleText.Of(member))
                yield return rule;

            // An update keeps what is not given, so it has no defaults. For several members, the default is that of the first one.
            if (cmdlet.StartsWith("New-", System.StringComparison.Ordinal) && member == Find(cmdlet, MembersIn(text).First()) && RuleText.DefaultOf(member) is { } value)
                yield return value;
        }
    }

    // A member is named with its shape; without shape if it is a member of the request or of the created object.
    private static PropertyInfo? Find(string cmdlet, string member)
    {
        var owners = ReadmeTable.OperationsOf(cmdlet).Select(operation => ModelType(operation + "Request")!).ToList();
        if (cmdlet.EndsWith("Config", StringComparison.Ordinal))
            owners.Add(Output(cmdlet));
        var parts = member.Split('.');
        return parts.Length == 1
            ? owners.Select(owner => owner.GetProperty(member)).FirstOrDefault(property => property is not null)
            : (ModelType(parts[0]) ?? owners.Select(owner => owner.GetProperty(parts[0])?.PropertyType).FirstOrDefault(type => type is not null))?.GetProperty(parts[1]);
    }

    private static Type Output(string cmdlet) => StagedCmdlets.Of(cmdlet).OutputType.Single().Type;
}
