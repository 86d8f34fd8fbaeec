using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>The two tokens of GetLogEvents: where to go on, and where to go back.</summary>
/// <param name="context">What the call works on.</param>
/// <param name="group">The group.</param>
/// <param name="stream">The stream.</param>
internal sealed class LogTokens(OperationContext context, string group, string stream)
{
    private const string ForwardMark = "f/";
    private const string BackwardMark = "b/";

    /// <summary>The token for what comes from a place on.</summary>
    public string Forward(long from) => Write(ForwardMark, from);

    /// <summary>The token for what comes before a place.</summary>
    public string Backward(long before) => Write(BackwardMark, before);

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token; null or empty for none.</param>
    /// <param name="forward">Whether it goes on; false where it goes back.</param>
    /// <returns>The place; null where there is no token.</returns>
    /// <exception cref="InvalidRequestException">It is none of this stream's.</exception>
    public long? Read(string? token, out bool forward)
    {
        forward = token?.StartsWith(ForwardMark, System.StringComparison.Ordinal) == true;
        if (string.IsNullOrEmpty(token))
            return null;
        var mark = forward ? ForwardMark : BackwardMark;
        return token.StartsWith(mark, System.StringComparison.Ordinal) && context.Endpoint.PageTokens.Read(List(mark), token[mark.Length..]) is { } place
            ? place
            : throw new InvalidRequestException("The specified nextToken is invalid.");
    }

    private string Write(string mark, long place) => mark + context.Endpoint.PageTokens.Write(List(mark), place);

    private string List(string mark) => $"GetLogEvents/{mark}{context.Region.Name}/{group}/{stream}";
}
