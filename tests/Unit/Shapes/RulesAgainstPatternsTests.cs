using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Rules;
using CsCheck;
using Fare;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Shapes;

/// <summary>
/// The rules accept and refuse what the API's shape table does: its patterns, anchored, its lengths and its ranges, over generated values. What
/// differs is in <see cref="Exceptions"/>, each with its reason.
/// </summary>
public class RulesAgainstPatternsTests
{
    private const string ArnReason = "The pattern is of any App Runner ARN; the member's documentation names its kind. App Runner has no resource without a region.";

    /// <summary>Where a rule is not the table's pattern: the member, the pattern that its rule has instead, and why.</summary>
    private static readonly (string Member, string Pattern, string Reason)[] Exceptions =
    [
        ("*.ServiceArn", AppRunnerArn("service"), ArnReason),
        ("*.ResourceArn", AppRunnerArn("[A-Za-z0-9_-]+"), ArnReason),
        ("*.AutoScalingConfigurationArn", AppRunnerArn("autoscalingconfiguration"), ArnReason),
        ("*.ConnectionArn", AppRunnerArn("connection"), ArnReason),
        ("*.ObservabilityConfigurationArn", AppRunnerArn("observabilityconfiguration"), ArnReason),
        ("*.VpcConnectorArn", AppRunnerArn("vpcconnector"), ArnReason),
        ("*.VpcIngressConnectionArn", AppRunnerArn("vpcingressconnection"), ArnReason),
        ("EncryptionConfiguration.KmsKey", "arn:aws(-[A-Za-z0-9_]+)*:kms:[a-z0-9.-]+:[0-9]{12}:key/[A-Za-z0-9-]+", "The pattern knows only regions with one digit, and no multi-Region keys (mrk-...)."),
        ("*.AccessRoleArn", RoleArn, "The pattern lists the partitions, and AWS adds new ones."),
        ("*.InstanceRoleArn", RoleArn, "The pattern lists the partitions, and AWS adds new ones."),
        ("ImageRepository.ImageIdentifier", ImageIdentifierAttribute.Pattern, "The pattern knows only regions with one digit and amazonaws.com, takes any character for a dot, and any text for the alias."),
        ("InstanceConfiguration.Cpu", "256|512|1024|2048|4096|(0\\.25|0\\.5|1|2|4) vCPU", "The pattern takes any character for the decimal point."),
        ("InstanceConfiguration.Memory", "512|1024|2048|3072|4096|6144|8192|10240|12288|(0\\.5|1|2|3|4|6|8|10|12) GB", "The pattern takes any character for the decimal point."),
        ("AssociateCustomDomainRequest.DomainName", "(\\*\\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", "The pattern takes names that DNS cannot have."),
        ("ImageConfiguration.Port", Port, "The table has any text; App Runner takes a port."),
        ("CodeConfigurationValues.Port", Port, "The table has any text; App Runner takes a port."),
        ("*.Subnets[]", ".+", "An empty ID is of no subnet."),
        ("*.SecurityGroups[]", ".+", "An empty ID is of no security group."),
        ("*.RuntimeEnvironmentSecrets{value}", "[A-Za-z0-9/._-]+|arn:aws:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:|ssm:[a-z0-9-]+:[0-9]{12}:parameter/)[A-Za-z0-9/_.-]+", "The table has any text; App Runner takes an ARN of a secret or parameter, or a parameter's name."),
    ];

    // Members of any text in the table, for which a rule names what App Runner refuses: a URL that is not a repository of GitHub or Bitbucket.
    private static readonly string[] OnlyAccepted = ["CodeRepository.RepositoryUrl"];

    // What a person could put into any text, in addition to what the alphabet of a pattern has.
    private static readonly string[] Foreign = [" ", "\n", "\r", "\0", "\t", "aws:", "/", ":", "@", ";", "<", ">", "$", "_", "-", ".", "*", "A", "a", "0", "é", "٣", "Ａ", "YOUR_ACCOUNT"];

    private const string RoleArn = "arn:aws(-[A-Za-z0-9_]+)*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+";
    private const string Port = "0*([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    public static TheoryData<string> StringMembers => [.. Members().Where(member => member.Type == "string").Select(member => member.MemberPath)];

    public static TheoryData<string> Numbers => [.. Members().Where(member => member.Type == "integer").Select(member => member.MemberPath)];

    [Theory]
    [MemberData(nameof(StringMembers))]
    public void A_text_is_accepted_and_refused_as_by_the_API(string place)
    {
        var member = Members().First(other => other.MemberPath == place);
        var samples = Samples(member);
        samples.Length.ShouldBeGreaterThan(0);
        foreach (var sample in samples)
            Errors(member, sample).ShouldBeEmpty($"accepted by {member.Pattern}: '{sample}'");

        // Each sample with one change: what the pattern does not take any more is refused, and what it takes is accepted.
        var refused = 0;
        foreach (var change in samples.SelectMany(sample => Changes(sample)).Where(text => text.Length > 0 || member.IsEmptyChecked))
        {
            if (member.Accepts(change))
            {
                if (!OnlyAccepted.Contains(place))
                    Errors(member, change).ShouldBeEmpty($"accepted by {member.Pattern}: '{change}'");
            }
            else
            {
                refused++;
                Errors(member, change).ShouldNotBeEmpty($"refused by {member.Pattern}, {member.Minimum} to {member.Maximum} characters: '{change}'");
            }
        }

        if (member.Pattern is not (".*" or ".+" or "[^\\x00]+"))
            refused.ShouldBeGreaterThan(0, "a pattern refuses some of the changes");
    }

    [Theory]
    [MemberData(nameof(StringMembers))]
    public void A_text_is_accepted_up_to_the_borders_of_its_length_and_no_further(string place)
    {
        var member = Members().First(other => other.MemberPath == place);
        foreach (var (length, fits) in new[] { (member.Minimum - 1, false), (member.Minimum, true), (member.Maximum, true), (member.Maximum + 1, false) })
        {
            if (length < 0 || length == int.MaxValue || length == int.MinValue || (length == 0 && !member.IsEmptyChecked))
                continue;
            if (Samples(member).Select(sample => WithLength(member, sample, length)).FirstOrDefault(text => text is not null) is { } text)
                (Errors(member, text).Length == 0).ShouldBe(fits, $"{length} of {member.Minimum} to {member.Maximum} characters");
            else if (!fits)
                Errors(member, new string('a', length)).ShouldNotBeEmpty($"{length} of {member.Minimum} to {member.Maximum} characters");
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_accepted_up_to_the_borders_of_its_range_and_no_further(string place)
    {
        var member = Members().First(other => other.MemberPath == place);
        if (member.Minimum > int.MinValue)
        {
            Errors(member, member.Minimum).ShouldBeEmpty();
            Errors(member, member.Minimum - 1).ShouldNotBeEmpty();
            Errors(member, int.MinValue).ShouldNotBeEmpty();
        }

        Errors(member, member.Maximum).ShouldBeEmpty();
        if (member.Maximum == int.MaxValue)
            return;
        Errors(member, member.Maximum + 1).ShouldNotBeEmpty();
        Errors(member, int.MaxValue).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_exception_is_of_a_member_and_has_a_reason()
    {
        var places = Members().Select(member => member.MemberPath).ToArray();
        foreach (var (member, _, reason) in Exceptions)
        {
            places.ShouldContain(place => Matches(place, member), member);
            reason.Length.ShouldBeGreaterThan(20);
        }
    }

    [Fact]
    public void All_texts_and_numbers_of_requests_are_tested()
    {
        Members().Count().ShouldBeGreaterThan(90);
        Members().Select(member => member.MemberPath).ShouldBeUnique();
    }

    private static string AppRunnerArn(string type) => "arn:aws(-[A-Za-z0-9_]+)*:apprunner:[a-z0-9.-]{1,63}:[0-9]{12}:" + type + "/[A-Za-z0-9_/-]+";

    private static bool Matches(string place, string member) => member.StartsWith("*.", StringComparison.Ordinal) ? place.EndsWith(member[1..], StringComparison.Ordinal) : place == member;

    // Strings that the pattern makes and that have a valid length. Fare knows neither lookahead nor the classes of letters.
    private static string[] Samples(Member member)
    {
        var pattern = Ascii(member.Pattern).Replace("(?!aws:)", string.Empty).Replace("(?:", "(").Replace(".*", "[ -~]*").Replace(".+", "[ -~]+").TrimStart('^');
        var maker = new Xeger(pattern, new Random(4711));
        return [.. Enumerable.Range(0, 60).Select(_ => maker.Generate()).Where(member.Accepts).Where(text => text.Length > 0 || member.IsEmptyChecked).Distinct().Take(10)];
    }

    // One character removed, doubled, replaced or inserted; the case changed; a part repeated.
    private static IEnumerable<string> Changes(string sample)
    {
        var random = new Random(sample.Length);
        yield return string.Empty;
        foreach (var foreign in Foreign)
        {
            yield return foreign + sample;
            yield return sample + foreign;
            for (var i = 0; i < 3 && sample.Length > 0; i++)
            {
                var at = random.Next(sample.Length);
                yield return sample[..at] + foreign + sample[at..];
                yield return sample[..at] + foreign + sample[(at + 1)..];
            }
        }

        for (var i = 0; i < 20 && sample.Length > 0; i++)
        {
            var at = random.Next(sample.Length);
            yield return sample.Remove(at, 1);
            yield return sample[..at];
            yield return sample.ToUpperInvariant();
        }
    }

    // The sample made longer by one repeated character, or shorter, so that it still has the form.
    private static string? WithLength(Member member, string sample, int length)
    {
        if (length < sample.Length)
            return member.HasForm(sample[..length]) ? sample[..length] : null;
        foreach (var c in "a1-. ")
        {
            for (var at = sample.Length; at >= 0; at--)
            {
                var text = sample.Insert(at, new string(c, length - sample.Length));
                if (member.HasForm(text))
                    return text;
            }
        }

        return null;
    }

    private static string[] Errors(Member member, object value)
    {
        // An ARN of a VPC connector is allowed with this type only.
        var shape = member.Owner == typeof(EgressConfiguration) ? new EgressConfiguration { EgressType = EgressType.Vpc } : Activator.CreateInstance(member.Owner)!;
        member.Set(shape, value);
        return [.. RequestRules.Check(shape).Where(problem => problem.Severity == ProblemSeverity.Error
            && (problem.Path == member.Property || problem.Path.StartsWith(member.Property + ".", StringComparison.Ordinal) || problem.Path.StartsWith(member.Property + "[", StringComparison.Ordinal))
            && problem.Message != "is required when a service is created.").Select(problem => problem.ToString())];
    }

    // The API's \w and \d are ASCII.
    private static string Ascii(string pattern) => pattern.Replace("[\\w\\d\\:]", "[A-Za-z0-9_:]").Replace("(\\w|\\/|-)", "[A-Za-z0-9_/-]").Replace("\\w", "A-Za-z0-9_").Replace("\\d", "0-9");

    private static IEnumerable<Member> Members()
    {
        foreach (var owner in ShapeTable.Operations.SelectMany(operation => ShapeTable.ReachableFrom(ShapeTable.InputOf(operation))).Distinct().Where(name => ShapeTable.TypeOf(ShapeTable.Shape(name)) == "structure"))
        {
            var type = typeof(Service).Assembly.GetType("AppRunner.Model." + owner).ShouldNotBeNull(owner);
            foreach (var (name, shapeName) in ShapeTable.MembersOf(owner))
            {
                var property = type.GetProperty(name).ShouldNotBeNull();
                var shape = ShapeTable.Shape(shapeName);
                switch (ShapeTable.TypeOf(shape))
                {
                    case "string" or "integer" when ShapeTable.ValuesOf(shape) is null:
                        yield return new Member($"{owner}.{name}", type, name, shape, property.SetValue);
                        break;
                    case "list" when ShapeTable.Shape(ShapeTable.EntryOf(shape)) is var entry && ShapeTable.TypeOf(entry) == "string":
                        yield return new Member($"{owner}.{name}[]", type, name, entry, (target, value) => property.SetValue(target, new List<string> { (string)value! }));
                        break;
                    case "map":
                        var secrets = name == nameof(ImageConfiguration.RuntimeEnvironmentSecrets);
                        yield return new Member($"{owner}.{name}{{key}}", type, name, ShapeTable.Shape(ShapeTable.Target(shape.GetProperty("key"))), (target, value) => property.SetValue(target, new Dictionary<string, string> { [(string)value!] = secrets ? "name" : "value" }));
                        yield return new Member($"{owner}.{name}{{value}}", type, name, ShapeTable.Shape(ShapeTable.Target(shape.GetProperty("value"))), (target, value) => property.SetValue(target, new Dictionary<string, string> { ["NAME"] = (string)value! }));
                        break;
                }
            }
        }
    }

    // A text or number of a shape, an entry of its list, or a key or value of its map, with the constraints of the table or of its exception.
    private sealed class Member
    {
        private readonly Regex form;

        public Member(string place, Type owner, string property, JsonElement shape, Action<object, object?> set)
        {
            MemberPath = place;
            Owner = owner;
            Property = property;
            Type = ShapeTable.TypeOf(shape);
            Set = set;
            Minimum = ShapeTable.Bound(shape, "min") ?? (Type == "string" ? 0 : int.MinValue);
            Maximum = ShapeTable.Bound(shape, "max") ?? int.MaxValue;
            Pattern = Exceptions.FirstOrDefault(exception => Matches(place, exception.Member)).Pattern ?? (shape.TryGetProperty("pattern", out var pattern) ? pattern.GetString()! : ".*");

            // '.*' is any text: values with several lines are in use.
            form = new Regex($"\\A(?:{Ascii(Pattern)})\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

            // A required member that is empty is missing: another rule.
            IsEmptyChecked = owner.GetProperty(property)!.GetCustomAttribute<RequiredAttribute>() is null && !place.EndsWith("[]", StringComparison.Ordinal);
        }

        public string MemberPath { get; }

        public Type Owner { get; }

        public string Property { get; }

        public string Type { get; }

        public string Pattern { get; }

        public int Minimum { get; }

        public int Maximum { get; }

        public bool IsEmptyChecked { get; }

        public Action<object, object?> Set { get; }

        public bool HasForm(string text) => form.IsMatch(text);

        public bool Accepts(string text) => text.Length >= Minimum && text.Length <= Maximum && HasForm(text);
    }
}
