using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace AppRunner.Package.Tests;

/// <summary>The workflows grant minimal permissions and pin their actions, so that a compromised step can do little.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Repository.PathOf(".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_commit_with_a_version_comment(string workflow)
    {
        var uses = File.ReadLines(Path.Combine(Folder, workflow)).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToArray();

        uses.ShouldNotBeEmpty();
        uses.ShouldAllBe(line => Pinned().IsMatch(line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_declares_minimal_permissions(string workflow)
    {
        var root = Load(workflow);
        string[] writable = ["id-token", "attestations", "security-events"];

        Map(root, "permissions").Children.ShouldBeEmpty();
        foreach (var (name, job) in Map(root, "jobs").Children)
        {
            foreach (var (permission, level) in Map((YamlMappingNode)job, "permissions").Children)
            {
                // Only the job that attaches the package to the release writes to the repository.
                var isRelease = (workflow, Text(name), Text(permission)) == ("publish.yml", "release", "contents");
                (Text(level) == "read" || isRelease || writable.Contains(Text(permission))).ShouldBeTrue($"{permission}: {level}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Scripts_contain_no_expressions_and_checkout_persists_no_credentials(string workflow)
    {
        foreach (var step in Steps(workflow))
        {
            // An expression becomes part of the script: script injection.
            if (step.Children.TryGetValue("run", out var run))
                Text(run).ShouldNotContain("${{");
            if (step.Children.TryGetValue("uses", out var uses) && Text(uses).StartsWith("actions/checkout@", StringComparison.Ordinal))
                Text(Map(step, "with").Children["persist-credentials"]).ShouldBe("false");
        }
    }

    [Fact]
    public void Publishing_requires_the_tests_and_an_approval_and_alone_has_the_API_key()
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

    [Fact]
    public void A_release_has_the_package_and_a_zip_that_CI_has_tested()
    {
        var release = Map(Map(Load("publish.yml"), "jobs"), "release");

        Text(release.Children["needs"]).ShouldBe("attest");
        ReleaseScript().ShouldContain("gh release create \"$TAG\" \"AppRunner.$VERSION.nupkg\" \"AppRunner.$VERSION.zip\"");
    }

    /// <summary>The script that makes the files of a release.</summary>
    internal static string ReleaseScript() => string.Concat(((YamlSequenceNode)Map(Map(Load("publish.yml"), "jobs"), "release").Children["steps"]).Children.Cast<YamlMappingNode>()
        .Where(step => step.Children.ContainsKey("run")).Select(step => Text(step.Children["run"])));

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
