using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client.Calls;
using AppRunner.Client.Credentials;
using AppRunner.Client.Settings;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Client;

/// <summary>A connection to App Runner in one region, with one set of credentials.</summary>
internal sealed class AppRunnerConnection(JsonClients clients, CachedCredentials? temporary, string region, Uri endpoint, string credentialSource) : IAppRunnerConnection
{
    public string Region { get; } = region;

    public Uri Endpoint { get; } = endpoint;

    public string CredentialSource { get; } = credentialSource;

    /// <summary>The account that a setting names, or that came with the credentials; null if there is none.</summary>
    public string? ConfiguredAccountId { get; init; }

    public string? AccountId => Seen.AccountId ?? ConfiguredAccountId;

    public SeenAccount Seen { get; set; } = new();

    private string? AccessKey => temporary?.GetCredentials().AccessKey;

    public Uri EndpointOf(AppRunnerRequest request) => clients.Of(JsonService.Of(request)).Endpoint;

    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new JsonCall(JsonService.Of(request), request.Operation, WireJson.Write(request), request.ChangesState);
        var client = clients.Of(call.Service);
        try
        {
            if (temporary is not null)
                await temporary.RefreshAsync(cancellationToken).ConfigureAwait(false);
            var accessKey = AccessKey;
            Seen.ForgetIfChanged(accessKey);
            var received = await client.CallAsync<TResponse>(call, cancellationToken).ConfigureAwait(false);
            var response = received.Shape;
            response.RequestId = received.RequestId;
            response.ServerTime = received.ServerTime;
            NoteAccount(response, accessKey);
            return response;
        }
        catch (Exception exception) when (ErrorTranslation.Translate(exception, call, client.Endpoint, cancellationToken) is { } translated)
        {
            if (call.Service == JsonService.Logs)
                throw WithLogsAdvice(translated);
            if (call.Service == JsonService.Metrics)
                throw WithMetricsAdvice(translated);

            // The API uses one exception for all missing resources and one for all names that are taken. The request decides which id fits.
            throw translated switch
            {
                ResourceNotFoundException missing when request is IServiceArnRequest => ResourceNotFoundException.ForService(missing.Message, missing),
                InvalidRequestException refusal when request is not CreateServiceRequest => InvalidRequestException.ForResource(refusal),
                _ => translated,
            };
        }
    }

    public void Dispose() => clients.Dispose();

    // App Runner lists and returns resources of the caller's account only.
    private void NoteAccount(AppRunnerResponse response, string? accessKey)
    {
        // A call at the same time may have changed the keys.
        if (accessKey != AccessKey)
            return;
        foreach (var member in RequestRules.WireMembers(response.GetType()))
        {
            var resource = member.GetValue(response) switch
            {
                IResource one => one,
                IEnumerable<IResource> list => list.FirstOrDefault(),
                _ => null,
            };
            if (!Arn.TryParse(resource?.ResourceArn, out var arn) || arn.Service != "apprunner")
                continue;
            Seen.Remember(accessKey, arn.AccountId);
            return;
        }
    }

    // The general advice for these error ids is about App Runner. A response that is not from AWS has an advice already.
    private static Exception WithMetricsAdvice(Exception failure)
    {
        if (failure is AppRunnerServiceException { ErrorId: ErrorIds.AccessDenied, RecommendedAction: null } response)
            response.RecommendedAction = "Give the identity the permission cloudwatch:GetMetricData.";
        return failure;
    }

    private static Exception WithLogsAdvice(Exception failure)
    {
        if (failure is AppRunnerServiceException { RecommendedAction: null } response)
        {
            response.RecommendedAction = response.ErrorId switch
            {
                ErrorIds.ResourceNotFound => "App Runner creates a service's log groups and streams when it first writes to them. Try again after the service has run, and check the region and account with Get-ARContext.",
                ErrorIds.AccessDenied => "Give the identity the permissions logs:FilterLogEvents, logs:GetLogEvents and logs:DescribeLogStreams on the log groups /aws/apprunner/*.",
                _ => null,
            };
        }

        return failure;
    }
}
