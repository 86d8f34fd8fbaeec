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
        [".cs", ".ps1", ".psm1", ".psd1", ".ps1xml", ".md", ".txt", ".xml", ".xsl", ".svg", ".yml", ".yaml", ".csproj", ".proj", ".props", ".targets", ".mjs", ".js", ".json", ".csv", ".sh"];

    // Matched in every file, comments and strings included.
    private static readonly Term[] Anywhere =
    [
        new(@"(?i)patien(t|ce)", "poll, retry, timeout: MaxMissingPolls, MaxTransientFailures, RoleRetryTimeout, DrainTimeout, LogTimeout"),
        new(@"(?i)\b(a|an|the|each|every|first|next|last|one|two|ten|more|good|of|between|per|few|its|their) looks?\b(?! (at|for|like|up)\b|-up)", "poll, probe, lookup"),
        new(@"IsPassing|MayPass\b|(?i:\bpassing (failure|error)s?\b)", "IsTransient, ShouldRetry; transient error"),
        new(@"(Error|Unreadable)AnswerException", "AwsErrorResponseException, UnreadableResponseException"),
        new(@"(?i)\bwish(es|ed)?\b|Wish(es)?(?![a-z])", "ForcedOutcome; requested outcome"),
        new(@"(?i)fleets?(?![a-z])", "InstanceGroup"),
        new(@"(?i)\b(fell ?)?sick(ness)?\b|Sick(ness)?(?![a-z])", "UnhealthyReason, onUnhealthy; unhealthy"),
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
        new(@"(?i)\bnobody\b|\bwho(so|m)?ever\b|\bwho is named\b", "a plain sentence that names who does what"),
        new(@"(?i)\bthat (is|are|was|were) none\b|\bnames none\b", "malformed ..., not a valid ..."),
        new(@"(?i)(?<!\b(there|which|what)\s+)\b(is|are|was|were) no (?!longer\b)[a-z]\w*", "is not a valid ..., is not a ..."),
        new(@"(?i)\ba result, no error\b", "a failed probe is output (Succeeded = False)"),
        new(@"(?i)\btell(s|ing)? the truth\b", "waits for the operation, not for the service's status"),
        new(@"(?i)\bnever another identity\b", "no fallback to other credentials"),
        new(@"(?i)\bits words\b|\bput(s|ting)? into words\b|\bno more words\b", "the member named in the message; formatting; WriteWarning is not allowed"),
        new(@"(?i)\bpass(es)? unsaid\b|\bnot answered\b|\banswers? from now on\b|\bbe it that\b|\bis another's\b", "a plain sentence that names who does what"),
        new(@"(?i)\bno longer than there is time\b|\btakes? the question\b|\bholds? a wait\b", "cancelled when the remaining wait time has elapsed"),
        new(@"(?i)\b(is|are|was) said\b|\b(go|goes|going|went) on\b(?! (the|a|port|to)\b)", "the header is forwarded, the operation continues"),
        new(@"(?i)\b(is|are|was) asked past\b", "ShouldContinue is called"),
        new(@"(?i)\bput(s|ting)? up with\b", "retry, ignore"),
        new(@"(?i)[;,] did you mean\b|\bdid you mean (?!\\*[""{]|&quot;)", "a sentence of its own, with the name in double quotes: Did you mean \"X\"?"),
    ];

    // Words inside of names: of types, members, variables and tests in C#, of variables and functions in PowerShell.
    private static readonly Dictionary<string, string> NameWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Look"] = "Poll, Lookup",
        ["Looks"] = "Poll",
        ["Answer"] = "Response",
        ["Answers"] = "Response",
        ["Answered"] = "Response",
        ["Words"] = "Message, DisplayName, arguments, fields",
        ["Hear"] = "OnOutputLine",
        ["Heard"] = "OnOutputLine",
        ["Say"] = "Info",
        ["Said"] = "Info",
        ["Tell"] = "Error",
        ["Tells"] = "Error",
        ["Told"] = "Error",
        ["Retire"] = "DrainAndStop",
        ["Retired"] = "DrainAndStop",
        ["Spelling"] = "Suggestions",
        ["Settle"] = "ReportProblems, AdvanceClock",
        ["Settled"] = "ReportProblems, AdvanceClock",
        ["Gate"] = "Lock",
        ["Pump"] = "Dispatcher",
    };

    // Names that are ordinary as a part of another name, such as OneOf.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["Detail"] = "Verbose",
        ["Need"] = "RequireResult",
        ["One"] = "WithArticle",
        ["Place"] = "Position",
        ["Texts"] = "EnvironmentText",
    };

    private static readonly Term FailureType = new(@"(?<=class )\w+(Failure|Fault)\b", "...Exception");

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
    [InlineData("X.md", "A look that fails is a result, no error.", 2)]
    [InlineData("X.cs", "Task What_is_said_about_one_connection_does_not_go_on()", 2)]
    [InlineData("X.cs", "Task Nobody_is_asked_past_ShouldProcess()", 2)]
    [InlineData("X.cs", "Task A_look_fails()", 2)]
    [InlineData("X.cs", "class RuleAnswer { int LookUpDelays; }", 1)]
    [InlineData("X.cs", "$\"unknown member; did you mean {name}?\"", 1)]
    [InlineData("X.ps1", "$answer = Invoke-RestMethod $url", 1)]
    [InlineData("X.psm1", "function Get-Answer { }", 1)]
    [InlineData("X.xml", "<ScriptBlock>$words = $_.Name</ScriptBlock>", 1)]
    public void Ordinary_words_are_found_as_names_and_other_terms_everywhere(string file, string text, int count) =>
        Occurrences(Repository.PathOf("src", file), text).Count().ShouldBe(count);

    [Fact]
    public void Messages_have_names_in_double_quotes_and_rejected_values_in_single_quotes()
    {
        var found = Files().Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && Relative(file).StartsWith("src/", StringComparison.Ordinal)).SelectMany(file => OtherQuotes(file, File.ReadAllText(file))).ToArray();

        string.Join('\n', found).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""$"There is no profile named '{name}'." """, 1)]
    [InlineData("""$"There is no profile named \"{name}\"." """, 0)]
    [InlineData("""$"Port: \"{port}\" is not a number." """, 1)]
    [InlineData("""$"Port: '{port}' is not a number. Service \"{name}\" is paused." """, 0)]
    [InlineData("""$"Wait-AROperation -Service '{arn}'" """, 0)]
    public void Other_quotes_are_found(string text, int count) => OtherQuotes("X.cs", text).Count().ShouldBe(count);

    private static IEnumerable<string> OtherQuotes(string file, string text) =>
        NameInSingleQuotes().Matches(text).Concat(ValueInDoubleQuotes().Matches(text)).Select(match => $"{Relative(file)}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value}");

    private static IEnumerable<string> Files() =>
        Folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)).Concat(Directory.GetFiles(Repository.Root))
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules") && file != ThisFile())
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Occurrences(string file, string text)
    {
        // A test name is read as a sentence too.
        var matches = Anywhere.SelectMany(term => term.In(text)).Union(Anywhere.SelectMany(term => term.In(Underscore().Replace(text, " "))));
        if (file.EndsWith(".cs", StringComparison.Ordinal))
        {
            var code = WithoutText(text);
            matches = matches.Concat(FailureType.In(code)).Concat(WordsOf(Identifier().Matches(code)))
                .Concat(Declaration().Matches(code).Where(match => Names.ContainsKey(match.Groups["name"].Value)).Select(match => (match.Groups["name"].Index, match.Groups["name"].Value, Names[match.Groups["name"].Value])));
        }
        else
        {
            // Scripts, also those in Markdown and in views.
            matches = matches.Concat(WordsOf(ScriptName().Matches(text)));
        }

        return matches.OrderBy(match => match.Index).Select(match => $"{Relative(file)}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Text} -> {match.Instead}");
    }

    private static IEnumerable<(int Index, string Text, string Instead)> WordsOf(IEnumerable<Match> names) =>
        from name in names
        from word in NameWord().Matches(name.Value)
        where NameWords.ContainsKey(word.Value) && !LookUp().IsMatch(name.Value, word.Index) && (!name.Value.Contains('_', StringComparison.Ordinal) || TestNameWord().IsMatch(word.Value))
        select (name.Index + word.Index, name.Value, NameWords[word.Value]);

    // Comments and strings become spaces, so that positions stay.
    private static string WithoutText(string code) => CommentOrString().Replace(code, match => Regex.Replace(match.Value, "[^\n]", " "));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("\\$*\"\"\"[\\s\\S]*?\"\"\"|\\$\"(?:\\\\.|\\{\\{|\\{(?:[^{}\"]|\"(?:\\\\.|[^\"\\\\])*\"|\\{[^{}]*\\})*\\}|[^\"\\\\{\n])*\"|@\"(?:[^\"]|\"\")*\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//.*|/\\*[\\s\\S]*?\\*/")]
    private static partial Regex CommentOrString();

    // A name follows its kind; a value that is rejected begins its sentence.
    [GeneratedRegex(@"(?<!-)\b(named?|service|profile|connection|connector|configuration|domain|key|variable|branch|member|section|parameter|secret|tag|region) '\{")]
    private static partial Regex NameInSingleQuotes();

    [GeneratedRegex(@"(?<=\$""|: |\. )\\""\{[^{}""]*\}\\"" ((is|are) (not|no)|must|cannot|does not)\b")]
    private static partial Regex ValueInDoubleQuotes();

    [GeneratedRegex(@"(?<=\w)_(?=\w)")]
    private static partial Regex Underscore();

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"(?<=\$)[A-Za-z]\w+|(?<=\b(function|filter|const|let|var) )[\w-]+")]
    private static partial Regex ScriptName();

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex NameWord();

    // In the sentence of a test name the other words are ordinary ones.
    [GeneratedRegex(@"^(look|answer)", RegexOptions.IgnoreCase)]
    private static partial Regex TestNameWord();

    // A lookup is the field's term.
    [GeneratedRegex(@"\G[Ll]ooks?_?[Uu]p(?![a-z])")]
    private static partial Regex LookUp();

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
