using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Net;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>Writes the headers of forwarded messages: without hop-by-hop headers (RFC 9110, 7.6.1), and with new framing headers.</summary>
internal static class ForwardedHeaders
{
    private static readonly FrozenSet<string> HopByHop = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Transfer-Encoding", "Upgrade", "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The proxy sets these headers itself; the values of the client are not trusted.
    private static readonly FrozenSet<string> OfRequest = new[] { "Host", "Content-Length", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Not allowed as trailers (RFC 9110, 6.5.1).
    private static readonly FrozenSet<string> NeverTrailers = new[] { "Host", "Content-Length", "Authorization", "Set-Cookie", "Trailer" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The protocol of an upgrade request; null if there is none, or it is not supported.</summary>
    public static string? UpgradeOf(RequestHead head) =>
        head.IsHttp11 && head.Fields.HasElement("Connection", "upgrade") && head.Fields["Upgrade"] is { Length: > 0 } protocol && !head.Fields.HasElement("Upgrade", "h2c") ? protocol : null;

    /// <summary>Writes the headers of a request for an instance.</summary>
    public static void WriteRequest(HttpWriter writer, RequestHead head, RequestTarget target, HttpBody body, EndPoint? client)
    {
        writer.Append(head.Method).Append(" ").Append(target.Path).Append(" HTTP/1.1\r\n").AppendField("Host", target.Host);
        string? before = null;
        var named = NamesHopByHop(head.Fields);
        foreach (var (name, value) in head.Fields)
        {
            if (name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
                before = before is null ? value : before + ", " + value;
            else if (!OfRequest.Contains(name) && IsForwarded(name, named) && (head.IsHttp11 || !name.Equals("Expect", StringComparison.OrdinalIgnoreCase)))
                writer.AppendField(name, value);
        }

        var address = (client as IPEndPoint)?.Address.ToString() ?? "unknown";
        writer.AppendField("X-Forwarded-For", before is null ? address : before + ", " + address).AppendField("X-Forwarded-Proto", "http").AppendField("X-Forwarded-Host", target.Host);
        if (UpgradeOf(head) is { } upgrade)
            writer.AppendField("Connection", "Upgrade").AppendField("Upgrade", upgrade);
        if (head.Fields.HasElement("TE", "trailers"))
            writer.AppendField("TE", "trailers");
        if (body.Kind == BodyFraming.Chunked)
            writer.Append("Transfer-Encoding: chunked\r\n");
        else if (head.Fields["Content-Length"] is { } length)
            writer.AppendField("Content-Length", length);
        writer.Append("\r\n");
    }

    /// <summary>Writes the headers of a response for the client.</summary>
    public static void WriteResponse(HttpWriter writer, ResponseHead head, bool chunked, bool keep)
    {
        writer.Append($"HTTP/1.1 {head.Status} ").Append(head.Reason).Append("\r\n");
        var named = NamesHopByHop(head.Fields);
        var hasNoLength = head.Status is < 200 or 204;
        foreach (var (name, value) in head.Fields)
        {
            if (IsForwarded(name, named) && !(hasNoLength && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
                writer.AppendField(name, value);
        }

        if (head.Status == 101)
            writer.AppendField("Connection", "Upgrade").AppendField("Upgrade", head.Fields["Upgrade"] ?? string.Empty);
        else if (!keep)
            writer.Append("Connection: close\r\n");
        if (chunked)
            writer.Append("Transfer-Encoding: chunked\r\n");
        writer.Append("\r\n");
    }

    /// <summary>Writes the trailers of a chunked body.</summary>
    public static void WriteTrailers(HttpWriter writer, HttpFields trailers)
    {
        foreach (var (name, value) in trailers)
        {
            if (!HopByHop.Contains(name) && !NeverTrailers.Contains(name))
                writer.AppendField(name, value);
        }
    }

    private static bool IsForwarded(string name, HashSet<string>? named) => !HopByHop.Contains(name) && named?.Contains(name) != true;

    // The additional hop-by-hop headers in the Connection header; null if there are none.
    private static HashSet<string>? NamesHopByHop(HttpFields fields)
    {
        HashSet<string>? names = null;
        foreach (var (name, value) in fields)
        {
            if (!name.Equals("Connection", StringComparison.OrdinalIgnoreCase) || value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || value.Equals("close", StringComparison.OrdinalIgnoreCase))
                continue;
            names ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            names.UnionWith(value.Split(',', StringSplitOptions.TrimEntries));
        }

        return names;
    }
}
