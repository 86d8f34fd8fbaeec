using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>
/// The values of a request's Host header that a loopback port serves. A web page can point a name of its own at 127.0.0.1 (DNS
/// rebinding); its requests still carry that name.
/// </summary>
internal sealed class HostGuard
{
    private static readonly string[] LoopbackNames = ["127.0.0.1", "localhost", "[::1]"];

    private HostGuard(IEnumerable<string> names) => Names = [.. names];

    /// <summary>The values, those for messages first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Loopback with a port, as clients send it.</summary>
    public static HostGuard Loopback(int port) => new(LoopbackNames.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}:{port}")));

    /// <summary>Loopback and one more host, without ports.</summary>
    public static HostGuard LoopbackOr(string name) => new(LoopbackNames.Append(name));

    /// <summary>Whether a Host header has one of the values.</summary>
    public bool Allows(string? host) => Names.Contains(host, StringComparer.OrdinalIgnoreCase);
}
