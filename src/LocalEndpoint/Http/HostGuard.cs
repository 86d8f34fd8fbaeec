using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>
/// The Host headers that a loopback port accepts, as a protection against DNS rebinding: a web page can resolve its own host name to
/// 127.0.0.1, but its requests still have that name in the Host header.
/// </summary>
internal sealed class HostGuard
{
    private static readonly string[] LoopbackNames = ["127.0.0.1", "localhost", "[::1]"];

    private HostGuard(IEnumerable<string> names) => Names = [.. names];

    /// <summary>The accepted values; messages show the first ones.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Accepts loopback names with a port.</summary>
    public static HostGuard Loopback(int port) => new(LoopbackNames.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}:{port}")));

    /// <summary>Accepts loopback names and one more host, without ports.</summary>
    public static HostGuard LoopbackOr(string name) => new(LoopbackNames.Append(name));

    /// <summary>Whether a Host header is accepted.</summary>
    public bool Allows(string? host) => Names.Contains(host, StringComparer.OrdinalIgnoreCase);
}
