using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;
using Pluralize.NET;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Naming rules for cmdlets, parameters, classes and files.</summary>
public class NamingTests
{
    private const string Prefix = "AR";

    private static string NamesFile => Path.Combine(StagedModule.Source, "tests", "Module.Tests", "Contract", "parameter-names.txt");

    [Fact]
    public void Every_verb_is_approved()
    {
        var approved = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.IsPublic && Regex.IsMatch(type.FullName!, @"^System\.Management\.Automation\.Verbs[A-Z]\w+$"))
            .SelectMany(type => type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)).ToArray();

        approved.Length.ShouldBeGreaterThan(90);
        StagedCmdlets.All.Select(cmdlet => cmdlet.Verb).Except(approved).ShouldBeEmpty();
    }

    [Fact]
    public void Every_noun_has_the_prefix_and_is_singular()
    {
        var pluralizer = new Pluralizer();

        StagedCmdlets.All.Where(cmdlet => !Regex.IsMatch(cmdlet.Noun, $"^{Prefix}([A-Z][a-z]+)+$") || !pluralizer.IsSingular(Regex.Match(cmdlet.Noun, "[A-Z][a-z]+$").Value))
            .Select(cmdlet => cmdlet.Name).ShouldBeEmpty();
    }

    [Fact]
    public void A_cmdlet_class_is_sealed_and_named_after_its_cmdlet_and_file()
    {
        foreach (var cmdlet in StagedCmdlets.All)
        {
            var type = cmdlet.ImplementingType;
            type.Name.ShouldBe(cmdlet.Verb + cmdlet.Noun[Prefix.Length..] + "Command");
            type.IsSealed.ShouldBeTrue(type.Name);
            var folder = Regex.Match(type.Namespace!, @"^AppRunner\.(\w+)$").Groups[1].Value;
            File.Exists(Path.Combine(StagedModule.Source, "src", "Module", folder, type.Name + ".cs")).ShouldBeTrue($"{folder}/{type.Name}.cs");
        }
    }

    [Fact]
    public void The_cmdlets_of_one_noun_are_in_one_folder() =>
        StagedCmdlets.All.GroupBy(cmdlet => cmdlet.Noun).Where(noun => noun.Select(cmdlet => cmdlet.ImplementingType.Namespace).Distinct().Count() > 1).Select(noun => noun.Key).ShouldBeEmpty();

    [Fact]
    public void A_parameter_has_the_API_name_or_a_documented_exception()
    {
        var api = ShapeTable.Structures.SelectMany(shape => ShapeTable.MembersOf(shape).Keys).ToHashSet();
        var reasons = File.ReadAllLines(NamesFile).Where(line => line.Length > 0 && line[0] != '#').Select(line => Regex.Match(line, @"^(\w+)  +(\S.{10,})$"))
            .ToDictionary(line => line.Success ? line.Groups[1].Value : throw new FormatException("A line of parameter-names.txt has no reason: " + line), line => line.Groups[2].Value);
        var names = StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OwnParameters()).Select(parameter => parameter.Name).Distinct().Order(StringComparer.Ordinal).ToArray();

        names.Where(name => !api.Contains(name) && !reasons.ContainsKey(name)).ShouldBeEmpty("They are not in the API. Rename them, or say in parameter-names.txt why they are named so.");
        reasons.Keys.Where(name => !names.Contains(name) || api.Contains(name)).ShouldBeEmpty("They need no reason any more.");
    }

    [Fact]
    public void A_parameter_for_an_API_member_has_the_member_name_as_an_alias()
    {
        var nouns = StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OwnParameters().Select(parameter => (Cmdlet: cmdlet.Name, Parameter: parameter)))
            .Where(one => one.Parameter.ParameterType.GetElementType()?.Name == "ResourceIdentity" && one.Parameter.Name != "Resource");

        foreach (var (cmdlet, parameter) in nouns)
            new[] { parameter.Name }.Concat(parameter.Aliases).ShouldContain(name => name.EndsWith("Arn", StringComparison.Ordinal), $"{cmdlet} -{parameter.Name}");
    }
}
