namespace AppRunner.Model;

/// <summary>One page of an answer.</summary>
public interface IPagedResponse
{
    /// <summary>Where this page ended; null on the last one.</summary>
    string? NextToken { get; }
}
