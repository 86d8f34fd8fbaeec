using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

/// <summary>Code and documentation use the terms of HTTP, AWS and PowerShell, so that readers can search for them.</summary>
public sealed partial class TerminologyTests
{
    private static readonly string[] Folders = ["src", "tests", "docs", "examples", "benchmarks", "packaging", "tools", ".github"];
    private static readonly string[] Extensions =
        [".cs", ".ps1", ".psm1", ".psd1", ".md", ".txt", ".xml", ".yml", ".yaml", ".csproj", ".proj", ".props", ".targets", ".mjs", ".js", ".json", ".csv", ".sh"];

    // Matched in every file, comments and strings included.
    private static readonly Term[] Anywhere =
    [
        new(@"(?i)patien(t|ce)", "poll, retry, timeout: MaxMissingPolls, MaxTransientFailures, RoleRetryTimeout, DrainTimeout, LogTimeout"),
        new(@"(?i)\b(a|an|the|each|every|first|next|last|one|two|ten|more|good|of|between|per|few|its|their) looks?\b(?! (at|for|like|up)\b|-up)", "poll, probe, lookup"),
        new(@"IsPassing|MayPass\b|(?i:\bpassing (failure|error)s?\b)", "IsTransient, ShouldRetry; transient error"),
        new(@"(Error|Unreadable)AnswerException", "AwsErrorResponseException, UnreadableResponseException"),
        new(@"(?i)\bwish(es|ed)?\b|Wish(es)?(?![a-z])", "ForcedOutcome; requested outcome"),
        new(@"(?i)fleets?(?![a-z])", "InstanceGroup"),
        new(@"(?i)\bsick(ness)?\b|Sick(ness)?(?![a-z])", "UnhealthyReason, onUnhealthy; unhealthy"),
        new(@"StepBack|(?i:\bsteps? back\b)", "StopServing"),
        new(@"(?i)\bshun(s|ned|ning)?\b|Shun(?![a-z])", "MarkUnreachable"),
        new(@"(?i)surroundings", "EnvironmentFingerprint"),
        new(@"HeldCredentials|GoodUntil", "CachedCredentials, RefreshAt"),
        new(@"(?i)complaint|hopeless", "Validate, problem; IsTerminating"),
        new(@"RequestGuard|PipelinePump|HttpFault", "RequestDeserializer, PipelineDispatcher, HttpStatusException"),
        new(@"PrivateFolder", "PrivateAssemblyFolder, RestrictedDirectory"),
        new(@"AppRunner\.Definitions|src/Definitions", "AppRunner.SourceFile"),
        new(@"\b(object|Lock) _?gate\b", "object syncRoot, Lock"),
        new(@"(?i)\b(has|have|holds?|under|with|without) the gate\b", "holds the lock"),
        new(@"(?i)\bthat (is|are|was|were) none\b", "malformed ..., not a valid ..."),
        new(@"(?i)(?<!\bthere )\bis no (pattern|version|ARN|address|name|number|region|type|date|time|length|URL)\b", "is not a valid ..."),
        new(@"(?i)\btell(s|ing)? the truth\b", "waits for the operation, not for the service's status"),
        new(@"(?i)\bnever another identity\b", "no fallback to other credentials"),
        new(@"(?i)\bits words name\b|\bput(s|ting)? into words\b|\btakes? no more words\b", "the member named in the message; formatting; WriteWarning is not allowed"),
        new(@"(?i)\bnobody wanted\b|\btaken or nobody\b|\bpass(es)? unsaid\b|\bbe it that\b|\bis another's\b", "a plain sentence that names who does what"),
        new(@"(?i)\bwho(so)?ever\b|\bwhomever\b|\bwhoso\b", "the caller, the process, a service that ..."),
        new(@"(?i)\bput(s|ting)? up with\b", "retry, ignore"),
    ];

    // Ordinary words that are matched only as names in C#, outside comments and strings: as a part of a name ...
    private static readonly Term[] NameParts =
    [
        new(@"Answers?(?![a-z])|\banswers?(?=\s*(=(?!=)|;|,|\)|=>|\bin\b|\.|\())|\banswer[A-Z]\w*", "Response"),
        new(@"Looks?(?![a-z]|Up)|\blooks?(?=\s*(=(?!=)|;|,|\)|\+\+|\.|\())", "Poll"),
        new(@"Words(?![a-z])", "Message, DisplayName"),
        new(@"\bTexts\b", "EnvironmentText"),
        new(@"(?<=class )\w+(Failure|Fault)\b", "...Exception"),
    ];

    // ... or as the whole name of a declared type or member.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["Hear"] = "OnOutputLine",
        ["Say"] = "Info",
        ["Tell"] = "Error",
        ["Detail"] = "Verbose",
        ["Retire"] = "DrainAndStop",
        ["Need"] = "RequireResult",
        ["One"] = "WithArticle",
        ["Spelling"] = "Suggestions",
        ["Place"] = "Position",
        ["Findings"] = "Diagnostics",
        ["Settle"] = "ReportProblems, AdvanceClock",
    };

    [Fact]
    public void Only_terms_that_the_field_uses_are_in_code_and_documentation()
    {
        var found = Files().SelectMany(file => Occurrences(file, File.ReadAllText(file))).ToArray();

        // As text, which a failure shows with a line for each.
        string.Join('\n', found).ShouldBeEmpty();
    }

    [Fact]
    public void Release_operation_and_connection_are_one_type_each_and_no_method()
    {
        var code = Files().Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && Relative(file).StartsWith("src/", StringComparison.Ordinal)).Select(file => WithoutText(File.ReadAllText(file))).ToArray();
        var types = code.SelectMany(text => TopLevelType().Matches(text)).Select(match => match.Groups["name"].Value).ToArray();
        var methods = code.SelectMany(text => Method().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet();

        string[] names = ["Release", "Operation", "Connection"];
        names.Where(methods.Contains).ShouldBeEmpty();
        types.Where(names.Contains).ShouldBeUnique();
    }

    [Theory]
    [InlineData("X.cs", "if (!IsPassing(error))", 1)]
    [InlineData("X.cs", "// A look that fails is a result.", 1)]
    [InlineData("X.cs", "/// <summary>Answers 503; words after it are ordinary.</summary>", 0)]
    [InlineData("X.cs", "var text = \"Answer\"; var lookup = LookUp(text);", 0)]
    [InlineData("X.cs", "private readonly HttpAnswer answer;", 2)]
    [InlineData("X.cs", "public void Tell(string text) => log.Verbose(text);", 1)]
    [InlineData("X.md", "The answer is sent again, with another look-up.", 0)]
    [InlineData("X.md", "'web' is no pattern, and whoever reads it asks.", 2)]
    [InlineData("X.ps1", "$answer = Invoke-RestMethod $url", 1)]
    public void Ordinary_words_are_found_as_names_and_other_terms_everywhere(string file, string text, int count) =>
        Occurrences(Repository.PathOf("src", file), text).Count().ShouldBe(count);

    private static IEnumerable<string> Files() =>
        Folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)).Concat(Directory.GetFiles(Repository.Root))
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules") && file != ThisFile())
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Occurrences(string file, string text)
    {
        var matches = Anywhere.SelectMany(term => term.In(text));
        if (file.EndsWith(".cs", StringComparison.Ordinal))
        {
            var code = WithoutText(text);
            matches = matches.Concat(NameParts.SelectMany(term => term.In(code)))
                .Concat(Declaration().Matches(code).Where(match => Names.ContainsKey(match.Groups["name"].Value)).Select(match => (match.Groups["name"].Index, match.Groups["name"].Value, Names[match.Groups["name"].Value])));
        }
        else if (file.EndsWith(".ps1", StringComparison.Ordinal))
        {
            matches = matches.Concat(new Term(@"(?i)\$answers?\b", "$response").In(text));
        }

        return matches.OrderBy(match => match.Index).Select(match => $"{Relative(file)}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Text} -> {match.Instead}");
    }

    // Comments and strings become spaces, so that positions stay.
    private static string WithoutText(string code) => CommentOrString().Replace(code, match => Regex.Replace(match.Value, "[^\n]", " "));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|@\"(?:[^\"]|\"\")*\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//.*|/\\*[\\s\\S]*?\\*/")]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|delegate [\w<>?]+) +(?<name>\w+)|(?<=[\w>\])?] +)(?<!\b(return|new|await|throw|is|not|or|and|in|case|else|out|ref|using|nameof|typeof|yield|goto|select|when|where) +)(?<name>[A-Za-z]\w*)(?=\s*(\(|\{|=>|=(?!=)|;|,|\)|\bin\b))")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:\[[^\n]*\]\s*)?(?:(?:public|internal|sealed|static|abstract|partial|readonly) +)+(?:class|record|struct|interface|enum) +(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^ +(?:(?:public|internal|private|protected|static|async|override|virtual|abstract|sealed) +)+[\w<>\[\]?,. ()]+ (?<name>\w+)(?:<\w+>)?\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    /// <summary>A term that is not used, and what is used in its place.</summary>
    private sealed record Term(string Pattern, string Instead)
    {
        public IEnumerable<(int Index, string Text, string Instead)> In(string text) => Regex.Matches(text, Pattern).Select(match => (match.Index, match.Value, Instead));
    }
}
