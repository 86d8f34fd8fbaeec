using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A parsed Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>.</summary>
internal sealed class Arn
{
    // Between the type and the path of the resource.
    private readonly char separator;

    private Arn(string text, string[] parts)
    {
        Text = text;
        Partition = parts[1];
        Service = parts[2];
        Region = parts[3];
        AccountId = parts[4];
        var resource = parts[5];
        var cut = resource.IndexOfAny(['/', ':']);
        separator = cut < 0 ? '\0' : resource[cut];
        ResourceType = cut < 0 ? resource : resource.Substring(0, cut);
        ResourcePath = cut < 0 ? string.Empty : resource.Substring(cut + 1);
        var names = ResourcePath.Split('/');
        Name = names[0];
        if (Service != "apprunner")
            return;
        // NAME/ID for services, connections and ingress connections; NAME[/REVISION[/ID]] for resources with revisions.
        if (ResourceType is "service" or "connection" or "vpcingressconnection")
        {
            Id = names.Length > 1 ? names[1] : null;
        }
        else if (names.Length > 1)
        {
            Revision = int.TryParse(names[1], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
            Id = names.Length > 2 ? names[2] : null;
        }
    }

    /// <summary>The full ARN.</summary>
    public string Text { get; }

    /// <summary><c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c> and so on.</summary>
    public string Partition { get; }

    /// <summary>The service part, such as <c>apprunner</c>.</summary>
    public string Service { get; }

    /// <summary>The region; empty for IAM.</summary>
    public string Region { get; }

    /// <summary>The account's 12 digits.</summary>
    public string AccountId { get; }

    /// <summary>The first part of the resource part, such as <c>service</c>.</summary>
    public string ResourceType { get; }

    /// <summary>What follows the resource type.</summary>
    public string ResourcePath { get; }

    /// <summary>The resource's name.</summary>
    public string Name { get; }

    /// <summary>The revision of an App Runner configuration; null if the ARN has none (it then means the latest).</summary>
    public int? Revision { get; }

    /// <summary>The resource's id, 32 hexadecimal digits; null if the ARN is partial.</summary>
    public string? Id { get; }

    /// <summary>
    /// Describes the first malformed part, such as a placeholder instead of the account; null if the ARN is well-formed.
    /// Partitions and regions that are not known yet are valid.
    /// </summary>
    public string? Malformation =>
        !IsPartition(Partition) ? $"has the partition '{Partition}', which must be aws, aws-cn, aws-us-gov or such"
        : Service == "iam" && Region.Length > 0 ? $"must have no region, as an ARN of IAM, not '{Region}'"
        : Service != "iam" && !Consists(Region, ".-", lettersAreLower: true) ? $"must have a region such as eu-west-1, not '{Region}'"
        : AccountId.Length != 12 || !Consists(AccountId, string.Empty, digitsOnly: true) ? $"has the account '{AccountId}', but an account ID has 12 digits"
        : separator != (Service == "secretsmanager" ? ':' : '/') || !Consists(ResourceType, "_-") || !Consists(ResourcePath, ResourceCharacters) ? $"has the resource '{ResourceType}{separator}{ResourcePath}', which can contain only letters, digits and {string.Join(" ", ResourceCharacters.ToCharArray())}"
        : null;

    // The API's patterns of App Runner and IAM; the documented characters of the other services' names and IDs.
    private string ResourceCharacters => Service switch
    {
        "apprunner" => "_/-",
        "iam" => "_+=,.@-/",
        "kms" => "-",
        _ => "_/+=.@-:",
    };

    /// <summary>Parses an ARN.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The ARN.</param>
    /// <returns>False if it is not a valid ARN.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Arn? arn)
    {
        if (TrySplit(text, out arn) && (arn.Service != "apprunner" || arn.Malformation is null))
            return true;
        arn = null;
        return false;
    }

    /// <summary>Splits an ARN into its parts, whose form is not checked (<see cref="Malformation"/>).</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The ARN.</param>
    /// <returns>False if it does not have the parts of an ARN.</returns>
    public static bool TrySplit(string? text, [NotNullWhen(true)] out Arn? arn)
    {
        arn = null;
        if (text is null || text.Length > 2048 || !text.StartsWith("arn:", StringComparison.Ordinal))
            return false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
                return false;
        }

        var parts = text.Split([':'], 6);
        if (parts.Length < 6 || parts[1].Length == 0 || parts[2].Length == 0 || parts[5].Length == 0)
            return false;
        arn = new Arn(text, parts);
        return true;
    }

    /// <summary>Parses the ARN of an App Runner service.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The ARN.</param>
    /// <returns>False if it is not the full ARN of a service.</returns>
    public static bool TryParseService(string? text, [NotNullWhen(true)] out Arn? arn) =>
        TryParse(text, out arn) && arn is { Service: "apprunner", ResourceType: "service", Id.Length: > 0 } && arn.Name.Length > 0 && arn.Region.Length > 0;

    /// <summary>The name in an ARN, for short texts.</summary>
    /// <param name="text">An ARN or another text.</param>
    /// <returns>The name, with the revision if there is one, such as <c>high/2</c>; the text itself if it is not an ARN.</returns>
    internal static string? ShortNameOf(string? text) =>
        !TryParse(text, out var arn) ? text : arn.Revision is null ? arn.Name : FormattableString.Invariant($"{arn.Name}/{arn.Revision}");

    /// <summary>The full ARN.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    // aws, then parts with a hyphen before each.
    private static bool IsPartition(string text)
    {
        var parts = text.Split('-');
        return parts[0] == "aws" && Array.TrueForAll(parts, part => Consists(part, "_"));
    }

    // ASCII only: the API's patterns use the API's \w, which has no other letters.
    private static bool Consists(string text, string others, bool digitsOnly = false, bool lettersAreLower = false)
    {
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9' || (!digitsOnly && (c is >= 'a' and <= 'z' || (!lettersAreLower && c is >= 'A' and <= 'Z') || others.IndexOf(c) >= 0)))
                continue;
            return false;
        }

        return text.Length > 0;
    }
}

/// <summary>
/// The value is an ARN of the given service and kind. Partition and region are not checked: AWS adds new ones. The API takes ARNs only;
/// where a cmdlet resolves names before it sends, it uses <see cref="CheckReference"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArnAttribute : RuleAttribute
{
    private const int MinNameLength = 4;

    private static readonly Regex ResourceName = new("\\A[A-Za-z0-9][A-Za-z0-9_-]*\\z", RegexOptions.CultureInvariant);
    private static readonly Regex Revision = new("/[1-9][0-9]{0,8}\\z", RegexOptions.CultureInvariant);

    /// <summary>Declares an ARN.</summary>
    /// <param name="service">The ARN's service, such as <c>apprunner</c>, <c>iam</c>, <c>kms</c>.</param>
    /// <param name="resourceType">The first part of its resource part, such as <c>service</c> or <c>role</c>; null for any.</param>
    public ArnAttribute(string service, string? resourceType = null)
    {
        Service = service;
        ResourceType = resourceType;
    }

    /// <summary>The ARN's service.</summary>
    public string Service { get; }

    /// <summary>The first part of the resource part; null for any.</summary>
    public string? ResourceType { get; }

    private bool HasRevisions => ResourceType is "autoscalingconfiguration" or "observabilityconfiguration";

    // The API's limits of the names of new resources.
    private int MaxNameLength => ResourceType == "vpcconnector" ? 40 : 32;

    private string Example => $"arn:aws:{Service}:{(Service == "iam" ? string.Empty : "REGION")}:123456789012:{ResourceType ?? "TYPE"}/NAME";

    /// <summary>Whether it refers to a resource that services share, which cmdlets find by its name. Roles and keys are not App Runner's, so their names are not resolved.</summary>
    public bool IsReference => Service == "apprunner" && ResourceType is "autoscalingconfiguration" or "connection" or "observabilityconfiguration" or "vpcconnector";

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is string { Length: > 0 } text && Malformation(text) is { } malformation)
            yield return new RuleViolation(malformation);
    }

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> CheckReference(object value)
    {
        if (!IsReference)
            return Check(value);
        if (value is not string { Length: > 0 } text || IsName(text) || Malformation(text) is not { } malformation)
            return [];
        var rule = IsNameLike(text) ? $" ({MinNameLength} to {MaxNameLength} letters, digits, - or _, beginning with a letter or digit)" : string.Empty;
        return [new RuleViolation(IsOfKind(text) ? malformation : $"must be a name{rule}{(HasRevisions ? ", NAME/REVISION" : string.Empty)} or an ARN like {Example}")];
    }

    /// <summary>Whether a value is a resource's name, with or without a revision.</summary>
    /// <param name="value">The member's value.</param>
    /// <returns>False for ARNs, and where only ARNs are taken.</returns>
    public bool IsName(string? value)
    {
        if (!IsReference || value is null)
            return false;
        var name = HasRevisions ? Revision.Replace(value, string.Empty) : value;
        return name.Length >= MinNameLength && name.Length <= MaxNameLength && ResourceName.IsMatch(name);
    }

    // A text that was meant as an ARN has colons.
    private static bool IsNameLike(string text) => text.IndexOf(':') < 0;

    // Whether it has the parts of an ARN of this service and kind, without checking their contents.
    private bool IsOfKind(string text) =>
        Arn.TrySplit(text, out var arn) && arn.Service == Service && (ResourceType is null || arn.ResourceType == ResourceType) && arn.ResourcePath.Length > 0;

    private string? Malformation(string text)
    {
        if (!IsOfKind(text))
            return $"must be an ARN like {Example}{(Service != "apprunner" && IsNameLike(text) ? ", not a name" : string.Empty)}";
        return Arn.TrySplit(text, out var arn) ? arn.Malformation : null;
    }
}
