using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace AppRunner.Model;

/// <summary>
/// Describes the failures of libraries for users: in the terms of HTTP and TLS, and without passwords. The texts of .NET differ between its
/// versions, describe the implementation, and can contain the user name and password of a proxy.
/// </summary>
internal static class FailureText
{
    private static readonly Regex UserOfUrl = new("(?<=://)[^\\s/?#]*@", RegexOptions.CultureInvariant);

    private static readonly string[] ProxyVariables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Describes why a connection or a request failed.</summary>
    /// <param name="exception">The exception of an HTTP client or socket.</param>
    /// <returns>The part of a sentence after the colon, without a full stop.</returns>
    public static string OfNetwork(Exception exception)
    {
        var chain = Chain(exception).ToArray();
        if (chain.Any(cause => cause is TimeoutException))
            return "the connection attempt timed out";
        var text = chain.Select(OfHttpError).FirstOrDefault(text => text is not null) ?? chain.Select(OfWebError).FirstOrDefault(text => text is not null);
        if (text is not null)
            return text;
        if (chain.OfType<AuthenticationException>().Any())
            return OfTls(chain);
        if (chain.OfType<SocketException>().LastOrDefault() is { } socket)
            return OfSocket(socket.SocketErrorCode);
        return chain.Any(cause => cause is IOException or ObjectDisposedException) ? "the connection was closed" : "the connection failed";

        string? OfHttpError(Exception cause) => HttpErrorOf(cause) switch
        {
            "NameResolutionError" => "the host name cannot be resolved",
            "ConnectionError" => OfSocket(chain.OfType<SocketException>().LastOrDefault()?.SocketErrorCode ?? SocketError.SocketError),
            "SecureConnectionError" => OfTls(chain),
            "ProxyTunnelError" => OfProxy(cause),
            "ResponseEnded" => "the connection was closed before the response was complete",
            "InvalidResponse" or "HttpProtocolError" or "VersionNegotiationError" => "the response is not valid HTTP",
            "ConfigurationLimitExceeded" => "the response is too large",
            "UserAuthenticationError" => "the server or the proxy refused the authentication",
            _ => null,
        };

        string? OfWebError(Exception cause) => (cause as WebException)?.Status switch
        {
            WebExceptionStatus.NameResolutionFailure => "the host name cannot be resolved",
            WebExceptionStatus.ProxyNameResolutionFailure => "the host name of the proxy cannot be resolved",
            WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure => OfTls(chain),
            WebExceptionStatus.ServerProtocolViolation => "the response is not valid HTTP",
            WebExceptionStatus.MessageLengthLimitExceeded => "the response is too large",
            WebExceptionStatus.RequestProhibitedByProxy => "the proxy refused the connection",
            WebExceptionStatus.ReceiveFailure or WebExceptionStatus.ConnectionClosed or WebExceptionStatus.KeepAliveFailure => "the connection was closed before the response was complete",
            _ => null,
        };
    }

    /// <summary>Whether the certificate of the server, or of a proxy that replaces certificates, is not signed by a trusted root certificate.</summary>
    /// <param name="exception">The exception of an HTTP client.</param>
    /// <returns>True if another root certificate would help.</returns>
    public static bool IsUntrustedRoot(Exception exception) => Chain(exception).Any(cause => cause is AuthenticationException && IsUntrustedRoot(cause.Message));

    /// <summary>Replaces user names and passwords in URLs by *****, and those of the proxy variables everywhere.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text without passwords.</returns>
    public static string MaskPasswords(string text)
    {
        foreach (var secret in ProxyVariables.Select(Environment.GetEnvironmentVariable).Where(value => value is not null).SelectMany(value => SecretsOf(value!)))
            text = text.Replace(secret, "*****");
        return UserOfUrl.Replace(text, "*****@");
    }

    /// <summary>An exception to keep as the cause of another one.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The exception; null if a message contains a password, because a caller may print the causes too.</returns>
    public static Exception? WithoutPasswords(Exception? exception) =>
        exception is not null && Chain(exception).All(cause => MaskPasswords(cause.Message) == cause.Message) ? exception : null;

    /// <summary>A library's message for a message of ours: on one line, without passwords, with a full stop.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A sentence.</returns>
    public static string Sentence(string text)
    {
        var visible = new string(MaskPasswords(text).Select(character => char.IsControl(character) ? ' ' : character).ToArray());
        var line = string.Join(" ", visible.Split([' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 || line[line.Length - 1] is '.' or '!' or '?' ? line : line + ".";
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    // HttpRequestError is newer than netstandard2.0.
    private static string? HttpErrorOf(Exception exception) => exception.GetType().GetProperty("HttpRequestError")?.GetValue(exception)?.ToString();

    private static string OfProxy(Exception exception) => exception.GetType().GetProperty("StatusCode")?.GetValue(exception) switch
    {
        HttpStatusCode.ProxyAuthenticationRequired => "the proxy requires authentication (HTTP 407)",
        HttpStatusCode status => $"the proxy refused the connection (HTTP {(int)status})",
        _ => "the proxy refused the connection",
    };

    private static string OfSocket(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "the connection was reset",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name cannot be resolved",
        SocketError.TimedOut => "the connection attempt timed out",
        SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.HostUnreachable => "the host cannot be reached",
        SocketError.SocketError => "the connection failed",
        _ => $"the connection failed ({code})",
    };

    // The messages have the names of SslPolicyErrors and X509ChainStatusFlags, which are not translated.
    private static string OfTls(Exception[] chain)
    {
        var texts = string.Join(" ", chain.Select(cause => cause.Message));
        if (texts.Contains("RemoteCertificateNameMismatch"))
            return "the server's certificate is for another host name";
        if (texts.Contains("NotTimeValid"))
            return "the server's certificate has expired or is not valid yet";
        return IsUntrustedRoot(texts) ? "the server's certificate is not signed by a trusted root certificate" : "the TLS handshake failed";
    }

    private static bool IsUntrustedRoot(string text) => text.Contains("UntrustedRoot") || text.Contains("PartialChain");

    // The user information of a proxy's URL as it is written and decoded, and its password alone.
    private static IEnumerable<string> SecretsOf(string proxy)
    {
        var start = proxy.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme < 0 ? 0 : scheme + 3;
        var end = proxy.LastIndexOf('@');
        if (end <= start)
            return [];
        var user = proxy.Substring(start, end - start);
        var password = user.Substring(user.IndexOf(':') + 1);

        // A shorter password could be part of other words; the user information as a whole is masked in any case.
        return new[] { user, Uri.UnescapeDataString(user), password, Uri.UnescapeDataString(password) }.Where(secret => secret.Length > 3).Distinct();
    }
}
