namespace AppRunner.Model;

/// <summary>A request whose answer comes in pages.</summary>
public interface IPagedRequest
{
    /// <summary>Where the last page ended; opaque. Null asks for the first page.</summary>
    string? NextToken { get; set; }

    /// <summary>Most entries of a page; the API sets the limit.</summary>
    int? MaxResults { get; set; }
}
