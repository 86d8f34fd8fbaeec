using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>
/// The API's pattern of ImageIdentifier, except that regions and domains of other partitions are accepted, and that the message names the part
/// that is wrong.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ImageIdentifierAttribute : RuleAttribute
{
    /// <summary>The pattern, without anchors.</summary>
    public const string Pattern = "(?:" + PrivateHost + "/|" + PublicHost + "/[a-z0-9._/-]+/)" + Name + "(?::[A-Za-z0-9_+=.:/@-]+|@[A-Za-z0-9_:]+)?";

    private const string PublicHost = "public\\.ecr\\.aws";

    // Domains and regions of new partitions are unknown, so only the form is checked.
    private const string PrivateHost = "[0-9]{12}\\.dkr[.-]ecr[a-z0-9-]*\\.[a-z]+(?:-[a-z]+)+-[0-9]+\\.[a-z0-9.-]+";

    private const string Part = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
    private const string Name = "(?:" + Part + "/)*" + Part;

    private static readonly Regex Whole = new("\\A(?:" + Pattern + ")\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));

    /// <summary>Whether an image's name has the form that App Runner accepts.</summary>
    /// <param name="image">The image's name.</param>
    /// <returns>True if it has.</returns>
    public static bool IsValid(string? image) => image is not null && Whole.IsMatch(image);

    /// <summary>Whether an image's name begins with the address of a private repository of Amazon ECR.</summary>
    /// <param name="image">The image's name.</param>
    /// <returns>True if it does.</returns>
    public static bool IsPrivate(string image) => Regex.IsMatch(image, "\\A" + PrivateHost + "/.+\\z", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is string image && !IsValid(image))
            yield return new RuleViolation(Malformation(image));
    }

    private static string Malformation(string image)
    {
        if (image.Any(char.IsWhiteSpace))
            return "must be an image's name without white space";
        if (image.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
            return $"begins with {image.Substring(0, scheme + 3)}; an image's name has no scheme";
        var slash = image.IndexOf('/');
        var host = slash < 0 ? image : image.Substring(0, slash);
        var rest = slash < 0 ? string.Empty : image.Substring(slash + 1);
        var isPublic = Regex.IsMatch(host, "\\A" + PublicHost + "\\z", RegexOptions.CultureInvariant);
        if (!isPublic && !Regex.IsMatch(host, "\\A" + PrivateHost + "\\z", RegexOptions.CultureInvariant))
        {
            var account = Regex.Match(host, "\\A([^.]*)\\.dkr[.-]ecr", RegexOptions.CultureInvariant).Groups[1];
            return account.Success && !Regex.IsMatch(account.Value, "\\A[0-9]{12}\\z", RegexOptions.CultureInvariant)
                ? $"has the account '{account.Value}', but an account ID has 12 digits"
                : "must be an ECR image such as 123456789012.dkr.ecr.REGION.amazonaws.com/NAME:TAG or public.ecr.aws/ALIAS/NAME:TAG";
        }

        var end = rest.IndexOfAny([':', '@']);
        var name = end < 0 ? rest : rest.Substring(0, end);
        var tag = end < 0 ? null : rest.Substring(end + 1);
        if (isPublic && name.IndexOf('/') < 0)
            return "has no registry alias; an image in ECR Public is public.ecr.aws/ALIAS/NAME:TAG";
        if (tag is { Length: 0 })
            return $"ends in '{rest[end]}' without a {(rest[end] == ':' ? "tag" : "digest")}";
        if (!IsValid($"{host}/{name}"))
        {
            return name.Any(c => c is >= 'A' and <= 'Z')
                ? $"has a repository with capital letters, '{name}'; Amazon ECR allows only lower case"
                : $"must have a repository of lower case letters and digits, with one of . _ - or / between them, not '{name}'";
        }

        return rest[end] == ':'
            ? $"must have a tag of letters, digits and _ + - = . : / @, not '{tag}'"
            : $"has the digest '{tag}', which can contain only letters, digits, _ and :";
    }
}
