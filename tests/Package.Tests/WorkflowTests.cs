using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace AppRunner.Package.Tests;

/// <summary>What a workflow can do is what somebody could do who gets into one of its steps.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Repository.PathOf(".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_its_commit_with_its_version_beside(string workflow)
    {
        var uses = File.ReadLines(Path.Combine(Folder, workflow)).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToArray();

        uses.ShouldNotBeEmpty();
        uses.ShouldAllBe(line => Pinned().IsMatch(line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_job_may_only_what_it_says_and_that_is_little(string workflow)
    {
        var root = Load(workflow);
        string[] writable = ["id-token", "attestations", "security-events"];

        Map(root, "permissions").Children.ShouldBeEmpty();
        foreach (var job in Map(root, "jobs").Children.Values.Cast<YamlMappingNode>())
        {
            foreach (var (permission, level) in Map(job, "permissions").Children)
                (Text(level) == "read" || writable.Contains(Text(permission))).ShouldBeTrue($"{permission}: {level}");
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_script_gets_values_from_its_environment_and_no_token_is_left_behind(string workflow)
    {
        foreach (var step in Steps(workflow))
        {
            // What stands there becomes part of the script, whoever wrote it.
            if (step.Children.TryGetValue("run", out var run))
                Text(run).ShouldNotContain("${{");
            if (step.Children.TryGetValue("uses", out var uses) && Text(uses).StartsWith("actions/checkout@", StringComparison.Ordinal))
                Text(Map(step, "with").Children["persist-credentials"]).ShouldBe("false");
        }
    }

    [Fact]
    public void Publishing_waits_for_the_tests_and_for_an_approval_and_alone_has_the_key()
    {
        var jobs = Map(Load("publish.yml"), "jobs");
        var publish = Map(jobs, "publish");

        Text(publish.Children["environment"]).ShouldBe("powershell-gallery");
        Text(publish.Children["needs"]).ShouldBe("attest");
        Text(Map(jobs, "attest").Children["needs"]).ShouldBe("ci");
        Map(publish, "permissions").Children.ShouldBeEmpty();
        foreach (var workflow in Directory.GetFiles(Folder))
            Key().Count(File.ReadAllText(workflow)).ShouldBe(Path.GetFileName(workflow) == "publish.yml" ? 1 : 0);
    }

    private static YamlMappingNode Load(string workflow)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder, workflow));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static IEnumerable<YamlMappingNode> Steps(string workflow) => Map(Load(workflow), "jobs").Children.Values.Cast<YamlMappingNode>()
        .Where(job => job.Children.ContainsKey("steps"))
        .SelectMany(job => ((YamlSequenceNode)job.Children["steps"]).Children.Cast<YamlMappingNode>());

    private static YamlMappingNode Map(YamlMappingNode node, string key) => node.Children[key].ShouldBeOfType<YamlMappingNode>(key);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"uses: (\./\.github/workflows/[a-z]+\.yml|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")]
    private static partial Regex Pinned();

    [GeneratedRegex("secrets.POWERSHELL_GALLERY_KEY")]
    private static partial Regex Key();
}
