namespace AppRunner.Model;

/// <summary>Known kinds of source version (API: SourceCodeVersionType).</summary>
public static class SourceCodeVersionType
{
    /// <summary>The newest commit of a branch.</summary>
    public const string Branch = "BRANCH";
}
