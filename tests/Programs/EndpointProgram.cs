using System;
using AppRunner.LocalEndpoint;
using AppRunner.Model;

namespace AppRunner.Tests.Programs;

/// <summary>An endpoint in a separate process, which a test can stop or kill.</summary>
internal static class EndpointProgram
{
    public static void Run(string workFolder)
    {
        var endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance);
        Console.WriteLine($"{endpoint.Port} {endpoint.AccessKey} {endpoint.SecretKey}");

        // Exits without stopping the endpoint, like a PowerShell session.
        Console.In.ReadToEnd();
    }
}
