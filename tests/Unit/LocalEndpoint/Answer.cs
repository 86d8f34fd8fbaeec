using System.Text.Json;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>An answer as it came.</summary>
internal sealed record Answer(int Status, string Body, string? RequestId, string? ContentType)
{
    public string Code => Member("__type");

    public string Message => Member("Message");

    private string Member(string name)
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
