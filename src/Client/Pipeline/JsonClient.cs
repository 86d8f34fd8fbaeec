using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using AppRunner.Client.Transport;
using AppRunner.Model;

namespace AppRunner.Client.Pipeline;

/// <summary>A client for any operation of a JSON service, on the SDK's pipeline: endpoint, signature, retries, clock skew.</summary>
internal sealed class JsonClient : AmazonServiceClient
{
    private readonly HttpTransport transport;
    private readonly RetryRules retries;

    private JsonClient(AWSCredentials credentials, JsonClientConfig config, HttpTransport transport, RetryRules retries)
        : base(credentials, config)
    {
        this.transport = transport;
        this.retries = retries;
        Customize(RuntimePipeline);
    }

    /// <summary>Makes a client.</summary>
    /// <param name="credentials">Whom to sign as.</param>
    /// <param name="config">Where to send.</param>
    /// <param name="callTimeout">Longest time for one attempt.</param>
    /// <param name="clock">The clock of the pauses between attempts.</param>
    /// <returns>The client.</returns>
    public static JsonClient Create(AWSCredentials credentials, JsonClientConfig config, TimeSpan callTimeout, IClock clock) =>
        new(credentials, config, new HttpTransport(callTimeout), new RetryRules(clock));

    public Task<JsonAnswer<T>> CallAsync<T>(JsonCall call, CancellationToken cancellationToken)
        where T : class =>
        InvokeAsync<JsonAnswer<T>>(
            call,
            new InvokeOptions { RequestMarshaller = JsonMarshaller.Instance, ResponseUnmarshaller = JsonUnmarshaller<T>.Instance },
            cancellationToken);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            transport.Dispose();
    }

    // Not an override of CustomizeRuntimePipeline: the base constructor would call that before the fields are there.
    private void Customize(RuntimePipeline pipeline)
    {
        pipeline.ReplaceHandler<EndpointResolver>(new FixedEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Resolver());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(retries));

        // What this client has no use for costs time in every call: request metrics, events that nobody hears, compression, checksums.
        pipeline.RemoveHandler<MetricsHandler>();
        pipeline.RemoveHandler<ErrorCallbackHandler>();
        pipeline.RemoveHandler<CallbackHandler>();
        pipeline.RemoveHandler<CallbackHandler>();
        pipeline.RemoveHandler<CallbackHandler>();
        pipeline.RemoveHandler<CompressionHandler>();
        pipeline.RemoveHandler<ChecksumHandler>();
        pipeline.RemoveHandler<EndpointDiscoveryHandler>();
#if NETFRAMEWORK
        pipeline.ReplaceHandler<HttpHandler<System.IO.Stream>>(new HttpHandler<HttpContent>(transport, this));
#else
        pipeline.ReplaceHandler<HttpHandler<HttpContent>>(new HttpHandler<HttpContent>(transport, this));
#endif
    }

    private sealed class FixedEndpointResolver : BaseEndpointResolver
    {
    }

    private sealed class SigV4Resolver : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
