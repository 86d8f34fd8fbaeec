using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Module.Tests.Docs;

/// <summary>The text that documentation of a request member must have because of the member's rules. Words separated by | can be in any order.</summary>
internal static class RuleText
{
    // The API's limit for strings without a specific limit.
    private const int AnyText = 51200;

    public static IEnumerable<string> Of(PropertyInfo member)
    {
        foreach (var rule in member.GetCustomAttributes())
        {
            switch (rule)
            {
                case OneOfAttribute known:
                    yield return Among(known.Values);
                    break;
                case RangeAttribute { Maximum: int.MaxValue } range:
                    yield return Text(range.Minimum);
                    break;
                case RangeAttribute range:
                    yield return $"{range.Minimum} to {range.Maximum}";
                    break;
                case PortAttribute:
                    yield return "1 to 65535";
                    break;
                case PatternAttribute { Meaning: var meaning } when char.IsAsciiDigit(meaning[0]):
                    yield return meaning;
                    break;
                case MapAttribute map:
                    yield return $"{map.ValueMinimum} to {map.ValueMaximum}";
                    break;
                case CpuSizeAttribute:
                    yield return Among(["0.25", "0.5", "1", "2", "4", "256", "512", "1024", "2048", "4096"]);
                    break;
                case MemorySizeAttribute:
                    yield return Among(["0.5", "1", "2", "3", "4", "6", "8", "10", "12", "512", "12288"]);
                    break;
                case TagsAttribute:
                    yield return "At most 50";
                    break;

                // The length of an ARN is not documented.
                case LengthAttribute length when length.Maximum is not (AnyText or int.MaxValue) && member.GetCustomAttribute<ArnAttribute>() is null:
                    yield return Text(length.Maximum);
                    break;
            }
        }
    }

    /// <summary>The member's default as text; null if it has none or it is not a simple value.</summary>
    public static string? DefaultOf(PropertyInfo member) => member.GetCustomAttribute<DefaultAttribute>()?.Value switch
    {
        // Documentation has sizes in vCPU and GB.
        string units when member.GetCustomAttribute<CpuSizeAttribute>() is not null => $"Default: {int.Parse(units, CultureInfo.InvariantCulture) / 1024} vCPU",
        string units when member.GetCustomAttribute<MemorySizeAttribute>() is not null => $"Default: {int.Parse(units, CultureInfo.InvariantCulture) / 1024} GB",
        "/" when member.Name == nameof(CodeRepository.SourceDirectory) => "Default: the root of the repository",
        string text when member.Name == nameof(EgressConfiguration.EgressType) => $"Default: VPC if a connector is given, else {text}",
        string text => $"Default: {text}",
        int number => $"Default: {number}",
        _ => null,
    };

    public static string Among(IEnumerable<string> values) => string.Join('|', values);

    public static bool Says(string text, string rule) =>
        rule.Split('|').All(word => Regex.IsMatch(text, $@"(?<![\w.]){Regex.Escape(word).Replace("\\ ", @"\s+")}(?!\w)", RegexOptions.IgnoreCase));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
