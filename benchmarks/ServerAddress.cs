using System;

namespace AppRunner.Benchmarks;

/// <summary>Where the local endpoint of a run is, handed to child processes by the environment.</summary>
internal sealed record ServerAddress(string EndpointUrl, string Region, string AccessKey, string SecretKey)
{
    private const string Variable = "APPRUNNER_BENCHMARK_SERVER";

    public static ServerAddress Current { get; } = Parse(Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException(Variable + " is not set."));

    public static ServerAddress Parse(string line)
    {
        var parts = line.Split(' ');
        return new ServerAddress(parts[0], parts[1], parts[2], parts[3]);
    }

    public void Export(System.Collections.Generic.IDictionary<string, string?> environment)
    {
        environment[Variable] = ToString();

        // For the other clients, and for the cmdlets: the same way in for all.
        environment["AWS_ENDPOINT_URL_APPRUNNER"] = EndpointUrl;
        environment["AWS_REGION"] = Region;
        environment["AWS_DEFAULT_REGION"] = Region;
        environment["AWS_ACCESS_KEY_ID"] = AccessKey;
        environment["AWS_SECRET_ACCESS_KEY"] = SecretKey;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public override string ToString() => $"{EndpointUrl} {Region} {AccessKey} {SecretKey}";
}
