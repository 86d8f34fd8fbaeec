using System;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>Where a request is for.</summary>
/// <param name="Host">The host as the client wrote it, with its port.</param>
/// <param name="Name">The host without its port.</param>
/// <param name="Path">Path and query as the instance gets them.</param>
internal sealed record RequestTarget(string Host, string Name, string Path)
{
    private const string Scheme = "http://";

    /// <summary>Reads it from a request's head.</summary>
    /// <exception cref="HttpFault">It is malformed.</exception>
    public static RequestTarget Of(RequestHead head)
    {
        var target = head.Target;
        foreach (var c in target)
        {
            if (c is <= ' ' or '\x7f')
                throw new HttpFault(400, "The request's target holds control characters.");
        }

        var host = head.Fields["Host"] ?? throw new HttpFault(400, "The request has no Host header.");
        if (target[0] == '/' || (target == "*" && head.Method == "OPTIONS"))
            return new RequestTarget(host, NameOf(host), target);
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw new HttpFault(400, "The request's target must begin with a slash.");

        // As it is sent to a proxy: what the target says goes before what Host says.
        var rest = target.AsSpan(Scheme.Length);
        var end = rest.IndexOfAny('/', '?');
        host = (end < 0 ? rest : rest[..end]).ToString();
        var path = end < 0 ? "/" : rest[end..].ToString();
        return new RequestTarget(host, NameOf(host), path[0] == '/' ? path : "/" + path);
    }

    private static string NameOf(string host)
    {
        var colon = host.LastIndexOf(':');
        var hasPort = colon > 0 && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 && (host[0] != '[' || host[colon - 1] == ']');
        return hasPort ? host[..colon] : host;
    }
}
