using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.Api;
using AppRunner.LocalEndpoint.Simulation;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Benchmarks;

/// <summary>
/// The local endpoint without its socket: a region with many services and its responses. HTTP and signature cost each request
/// the same and would only hide what grows with the region.
/// </summary>
internal sealed class ScaleWorld
{
    public const int OperationsOfService = 10;

    /// <summary>How many services have an auto scaling configuration of their own; the others have the default.</summary>
    public const int FewServices = 10;

    private readonly EndpointState endpoint = new("123456789012", TimeSpan.Zero, int.MaxValue, new LocalEndpointOptions().LogLimit, SystemClock.Instance, region => new ServiceSimulation(region));
    private readonly PageTokens pageTokens = new();
    private readonly Region region;
    private readonly Random random = new(1);
    private readonly string[] arns;

    public ScaleWorld(int services)
    {
        region = endpoint.Region(KnownRegion.UsEast1);
        FewConfigurationArn = Run(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "few1" }).AutoScalingConfiguration!.AutoScalingConfigurationArn!;
        arns = Enumerable.Range(0, services).Select(Create).ToArray();
        for (var deployment = 1; deployment < OperationsOfService; deployment++)
        {
            foreach (var arn in arns)
                Run(new StartDeploymentRequest { ServiceArn = arn });
        }

        DefaultConfigurationArn = Run(new DescribeServiceRequest { ServiceArn = arns[^1] }).Service!.AutoScalingConfigurationSummary!.AutoScalingConfigurationArn!;
        MiddleToken = Run(new ListServicesRequest()).NextToken!;
        for (var page = 2; page < services / ListServicesRequest.PageLimit / 2; page++)
            MiddleToken = Run(new ListServicesRequest { NextToken = MiddleToken }).NextToken!;
    }

    public int Count => arns.Length;

    /// <summary>Any of the services.</summary>
    public string AnyArn => arns[random.Next(arns.Length)];

    public string FewConfigurationArn { get; }

    public string DefaultConfigurationArn { get; }

    /// <summary>Where half of the services are listed.</summary>
    public string MiddleToken { get; }

    /// <summary>The cost of a request between its rules and the last byte of its response.</summary>
    public TResponse Run<TResponse>(AppRunnerRequest<TResponse> request)
        where TResponse : AppRunnerResponse
    {
        TResponse response;
        lock (region.Lock)
        {
            var now = DateTime.UtcNow;
            region.AdvanceClock(now);
            response = (TResponse)HandlerTable.Find("AppRunner." + request.Operation)!.Handle(request, new HandlerContext(region, endpoint, pageTokens, now));
        }

        WireJson.Write(response);
        return response;
    }

    /// <summary>Lists all services, page by page.</summary>
    public void ListAll()
    {
        string? token = null;
        do
            token = Run(new ListServicesRequest { NextToken = token }).NextToken;
        while (token is not null);
    }

    /// <summary>One of the services goes, and another one comes.</summary>
    public void Replace()
    {
        var place = random.Next(FewServices, arns.Length);
        Run(new DeleteServiceRequest { ServiceArn = arns[place] });
        arns[place] = Create(place);
    }

    private string Create(int number)
    {
        var request = Requests.Create($"service-{number:00000}");
        request.AutoScalingConfigurationArn = number < FewServices ? FewConfigurationArn : null;
        request.Tags = [new Tag { Key = "number", Value = $"{number}" }];
        return Run(request).Service!.ServiceArn!;
    }
}
