using System.Linq;
using System.Text.Json;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>A received response.</summary>
internal sealed record TestResponse(int Status, string Body, string? RequestId, string? ContentType)
{
    public string Code => Member("__type");

    public string Message => Member("Message", "message");

    private string Member(params string[] names)
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.EnumerateObject().Single(member => names.Contains(member.Name)).Value.GetString()!;
    }
}
