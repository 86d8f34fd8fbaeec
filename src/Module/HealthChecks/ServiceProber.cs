using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.HealthChecks;

/// <summary>Probes a service's URL as App Runner's health check does, with a new connection for each probe.</summary>
internal sealed class ServiceProber
{
    private const int MaxBytes = 4096;

    private readonly ServiceAddress address;
    private readonly string? path;
    private readonly bool requiresOk;
    private readonly TimeSpan timeout;

    /// <summary>Creates a prober.</summary>
    /// <param name="address">The address of the service.</param>
    /// <param name="path">The path to request; null for TCP, which only connects.</param>
    /// <param name="requiresOk">Whether only status 200 is success, as in an HTTP health check; else every status below 500.</param>
    /// <param name="timeout">The maximum time to wait for a response.</param>
    public ServiceProber(ServiceAddress address, string? path, bool requiresOk, TimeSpan timeout)
    {
        this.address = address;
        this.path = path is null || path.StartsWith("/", StringComparison.Ordinal) ? path : "/" + path;
        this.requiresOk = requiresOk;
        this.timeout = timeout;
    }

    /// <summary>Probes once.</summary>
    /// <param name="cancellationToken">Cancels the probe.</param>
    /// <returns>The result, also of a failed probe.</returns>
    public async Task<ServiceProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        var probe = new ServiceProbe { Protocol = path is null ? HealthCheckProtocol.Tcp : HealthCheckProtocol.Http, Url = address.DisplayUrl(path), StartedAt = DateTime.Now };
        var watch = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            if (path is null)
                await ConnectAsync(limit.Token).ConfigureAwait(false);
            else
                await RequestAsync(probe, watch, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is OperationCanceledException or HttpRequestException or SocketException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            probe.Error = limit.IsCancellationRequested ? FormattableString.Invariant($"no response within {timeout.TotalSeconds:0.###} s") : FailureText.OfNetwork(failed);
        }

        if (probe.StatusCode is null)
            probe.Latency = watch.Elapsed;
        probe.Succeeded = probe.Error is null;
        return probe;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        var connecting = client.ConnectAsync(address.ConnectHost, address.Port);
        var limit = Task.Delay(Timeout.Infinite, cancellationToken);
        if (await Task.WhenAny(connecting, limit).ConfigureAwait(false) != connecting)
        {
            // It fails when the socket is closed, after this method has returned: observe that exception.
            _ = connecting.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await connecting.ConfigureAwait(false);
    }

    private async Task RequestAsync(ServiceProbe probe, Stopwatch watch, CancellationToken cancellationToken)
    {
        if (address.UrlOf(path!) is not { } url)
        {
            probe.Error = "the path is not valid";
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Host = address.Authority;
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("AppRunner-PowerShell");

        // A new client for each probe, so that no connection is reused. No proxy for local addresses.
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !address.IsLocal }) { Timeout = Timeout.InfiniteTimeSpan };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        probe.Latency = watch.Elapsed;
        probe.StatusCode = (int)response.StatusCode;
        if (requiresOk ? !ServiceProbe.IsSuccess((int)response.StatusCode) : probe.StatusCode >= 500)
            probe.Error = $"status {(int)response.StatusCode}";
        probe.Body = await ReadStartOfBodyAsync(response, cancellationToken).ConfigureAwait(false);
    }

    // The status already decides the result: of an incomplete body, return the part that was received.
    private static async Task<string> ReadStartOfBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes];
        var count = 0;
        using var ending = cancellationToken.Register(response.Dispose);
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            for (var read = 1; read > 0 && count < MaxBytes; count += read)
                read = await stream.ReadAsync(bytes, count, MaxBytes - count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
        }

        // Skips a character that is cut at the limit.
        var decoder = EncodingOf(response).GetDecoder();
        var characters = new char[decoder.GetCharCount(bytes, 0, count, flush: false)];
        return new string(characters, 0, decoder.GetChars(bytes, 0, count, characters, 0, flush: false));
    }

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet is { Length: > 0 } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
