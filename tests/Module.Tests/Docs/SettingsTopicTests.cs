using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Docs;

/// <summary>The tables of environment variables and profile keys in about_ARAuthentication, compared with the code that reads them.</summary>
public partial class SettingsTopicTests
{
    private static readonly string Root = StagedModule.Source;
    private static readonly string Source = ReadCode("Client");
    private static readonly string AllSource = ReadCode(string.Empty);

    private static readonly string Services = File.ReadAllText(Path.Combine(Root, "src", "Client", "Settings", "JsonService.cs"));
    private static readonly string Topic = File.ReadAllText(Path.Combine(Root, "docs", "en-US", "about_ARAuthentication.md"));
    private static readonly string Section = Topic[Topic.IndexOf("## Variables and profile keys", StringComparison.Ordinal)..Topic.IndexOf("## Secrets", StringComparison.Ordinal)];
    private static readonly string Read = Section[..Section.IndexOf("have no effect", StringComparison.Ordinal)];
    private static readonly string NotRead = Section[Section.IndexOf("have no effect", StringComparison.Ordinal)..];

    [Fact]
    public void Every_variable_that_is_read_is_in_the_table()
    {
        var read = Names(AllSource, QuotedVariable()).Where(name => !name.EndsWith('_')).Concat(
            Names(Source, StsKey()).Concat(Names(Services, ServiceKey())).Select(key => "AWS_ENDPOINT_URL_" + key.ToUpperInvariant()));

        read.Except(Names(Read, Variable())).ShouldBeEmpty();
    }

    // A variable of the table is read by this module, or by the SDK's credentials and metadata classes.
    [Fact]
    public void Every_variable_of_the_table_is_read()
    {
        var sdk = Encoding.Unicode.GetString(File.ReadAllBytes(Path.Combine(StagedModule.Folder, "private", "core", "AWSSDK.Core.dll")));
        var sdkShifted = Encoding.Unicode.GetString(File.ReadAllBytes(Path.Combine(StagedModule.Folder, "private", "core", "AWSSDK.Core.dll"))[1..]);

        Names(Read, Variable())
            .Where(name => !Source.Contains($"\"{name}\"", StringComparison.Ordinal) && !name.StartsWith("AWS_ENDPOINT_URL_", StringComparison.Ordinal) && !sdk.Contains(name, StringComparison.Ordinal) && !sdkShifted.Contains(name, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_profile_key_that_is_read_is_in_the_table_and_the_reverse()
    {
        var read = Names(Source, ProfileKey()).ToHashSet();
        var documented = Names(Read, Key()).ToHashSet();

        read.Except(documented).ShouldBeEmpty();
        documented.Where(key => !Source.Contains($"\"{key}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_is_called_without_effect_is_read() =>
        Names(NotRead, Variable()).Concat(Names(NotRead, Key())).Where(name => Source.Contains($"\"{name}\"", StringComparison.Ordinal)).ShouldBeEmpty();

    private static string ReadCode(string project) => string.Join("\n", Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));

    private static IEnumerable<string> Names(string text, Regex pattern) =>
        pattern.Matches(text).SelectMany(match => match.Groups[1].Captures.Concat(match.Groups[2].Captures)).Select(capture => capture.Value).Where(name => name.Length > 0).Distinct();

    [GeneratedRegex("\"(AWS_[A-Z0-9_]+)\"")]
    private static partial Regex QuotedVariable();

    [GeneratedRegex("Override\\(null, \"([a-z_]+)\"")]
    private static partial Regex StsKey();

    // The last argument of a JsonService.
    [GeneratedRegex(", \"([a-z_]+)\"\\)(?: \\{|;)")]
    private static partial Regex ServiceKey();

    [GeneratedRegex(@"\b(AWS_[A-Z0-9_]+)\b")]
    private static partial Regex Variable();

    // The second column of a row.
    [GeneratedRegex(@"^\|[^|]*\|\s*(?:([a-z_0-9]+)(?:,\s*)?)+\s*\|", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex("(?:profile|current|Profile\\?)\\[\"([a-z_]+)\"\\]|(?:Flag|Setting|SsoSetting|Switch)\\((?:\"[A-Z_]+\", |session, )?\"([a-z_]+)\"")]
    private static partial Regex ProfileKey();
}
