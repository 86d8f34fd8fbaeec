using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A key and a value on a resource (API: Tag).</summary>
public sealed class Tag
{
    /// <summary>1 to 128 characters, not beginning with <c>aws:</c>. Required.</summary>
    [Required, Length(1, 128), Pattern("(?!aws:)[\\s\\S]+", "a key that does not begin with aws:")]
    public string? Key { get; set; }

    /// <summary>0 to 256 characters.</summary>
    [Length(0, 256)]
    public string? Value { get; set; }

    /// <summary>The resource that has the tag, where Get-ARResourceTag read it, so that it pipes onward. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn { get; set; }

    /// <summary>Key and value.</summary>
    /// <returns><c>key=value</c>.</returns>
    public override string ToString() => Key + "=" + Value;
}
