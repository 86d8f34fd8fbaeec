using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The version of source code to deploy (API: SourceCodeVersion).</summary>
public sealed class SourceCodeVersion
{
    /// <summary>The kind of version: BRANCH. Required.</summary>
    [Required, OneOf(typeof(SourceCodeVersionType)), Default(SourceCodeVersionType.Branch)]
    public string? Type { get; set; }

    /// <summary>The branch's name. Required.</summary>
    [Required, Length(0, 51200), Default("main")]
    public string? Value { get; set; }

    /// <summary>Type and value.</summary>
    /// <returns>Such as <c>BRANCH main</c>.</returns>
    public override string ToString() =>
        $"{Type} {Value}";
}
