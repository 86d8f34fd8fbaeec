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
/// The local endpoint without HTTP: a region with many services, called directly. HTTP and signatures take the same time for every
/// request, and would hide what grows with the number of services.
/// </summary>
internal sealed class ScaleWorld
{
    public const int OperationsOfService = 10;

    /// <summary>The number of services with a separate auto scaling configuration; the others use the default.</summary>
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

    /// <summary>The NextToken of the page in the middle.</summary>
    public string MiddleToken { get; }

    /// <summary>Handles a request, from its handler to the serialized response.</summary>
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

    /// <summary>Deletes a service and creates another one.</summary>
    public void Replace()
    {
        var index = random.Next(FewServices, arns.Length);
        Run(new DeleteServiceRequest { ServiceArn = arns[index] });
        arns[index] = Create(index);
    }

    private string Create(int number)
    {
        var request = Requests.Create($"service-{number:00000}");
        request.AutoScalingConfigurationArn = number < FewServices ? FewConfigurationArn : null;
        request.Tags = [new Tag { Key = "number", Value = $"{number}" }];
        return Run(request).Service!.ServiceArn!;
    }
}
