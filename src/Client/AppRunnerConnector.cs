using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Pipeline;
using AppRunner.Model;

namespace AppRunner.Client;

/// <summary>Makes connections to App Runner over AWSSDK.Core. Created by name in a load context of its own: no type of the SDK is in its signatures.</summary>
public sealed class AppRunnerConnector : IAppRunnerConnector
{
    private static readonly TimeSpan DefaultCallTimeout = TimeSpan.FromSeconds(100);

    private readonly IClock clock;

    /// <summary>Makes a connector.</summary>
    public AppRunnerConnector()
        : this(SystemClock.Instance)
    {
    }

    internal AppRunnerConnector(IClock clock)
    {
        this.clock = clock;
    }

    /// <inheritdoc/>
    public Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var region = settings.Region ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION")
            ?? throw new NoRegionException("No region is given, and neither AWS_REGION nor AWS_DEFAULT_REGION names one.");
        if (settings.AccessKey is null || settings.SecretKey is null)
            throw new NoCredentialException("No access key and secret key are given.");
        var credentials = settings.SessionToken is null
            ? (AWSCredentials)new BasicAWSCredentials(settings.AccessKey, settings.SecretKey)
            : new SessionAWSCredentials(settings.AccessKey, settings.SecretKey, settings.SessionToken);
        var endpoint = new Uri(settings.EndpointUrl ?? $"https://apprunner.{region}.amazonaws.com");
        var config = new JsonClientConfig(JsonService.AppRunner, region, endpoint, settings.EndpointUrl is not null);
        var client = JsonClient.Create(credentials, config, settings.CallTimeout ?? DefaultCallTimeout, clock);
        return Task.FromResult<IAppRunnerConnection>(new AppRunnerConnection(client, region, endpoint, "given keys"));
    }

    /// <inheritdoc/>
    public string[] GetProfileNames() => [];
}
