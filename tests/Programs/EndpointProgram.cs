using System;
using AppRunner.LocalEndpoint;
using AppRunner.Model;

namespace AppRunner.Tests.Programs;

/// <summary>An endpoint in a process of its own, which a test can end or kill.</summary>
internal static class EndpointProgram
{
    public static void Run(string workFolder)
    {
        var endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance);
        Console.WriteLine($"{endpoint.Port} {endpoint.AccessKey} {endpoint.SecretKey}");

        // Ends without stopping the endpoint, as a session can.
        Console.In.ReadToEnd();
    }
}
