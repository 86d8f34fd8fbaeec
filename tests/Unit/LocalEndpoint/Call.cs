using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>A request, valid unless a test changes it.</summary>
internal sealed class Call
{
    public string Target { get; init; } = "AppRunner.ListServices";

    public string Body { get; init; } = "{}";

    public string Region { get; init; } = "us-east-1";

    public string Service { get; init; } = "apprunner";

    public string ContentType { get; init; } = "application/x-amz-json-1.0";

    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    public DateTime SignedAt { get; init; } = DateTime.UtcNow;

    /// <summary>Headers that are not signed.</summary>
    public IReadOnlyCollection<string> Unsigned { get; init; } = [];

    /// <summary>Additional headers, which are signed.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>Changes the headers after signing.</summary>
    public Action<IDictionary<string, string>>? Tamper { get; init; }

    /// <summary>The headers of the signed request.</summary>
    public Dictionary<string, string> Headers(Model.LocalEndpoint endpoint)
    {
        var date = SignedAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = $"127.0.0.1:{endpoint.Port}",
            ["X-Amz-Date"] = date,
            ["X-Amz-Target"] = Target,
            ["Content-Type"] = ContentType,
        };
        foreach (var (name, value) in Extra)
            headers[name] = value;
        var signed = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        foreach (var name in Unsigned)
            signed.Remove(name);
        headers["Authorization"] = RequestSigner.Authorization(
            "POST", string.Empty, signed, Encoding.UTF8.GetBytes(Body), date, Region, Service, AccessKey ?? endpoint.AccessKey, SecretKey ?? endpoint.SecretKey);
        Tamper?.Invoke(headers);
        return headers;
    }
}
