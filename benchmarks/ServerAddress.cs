using System;

namespace AppRunner.Benchmarks;

/// <summary>The URL and keys of the local endpoint, passed to child processes as environment variables.</summary>
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

        // The settings of the AWS CLI and SDKs, which the cmdlets read too.
        environment["AWS_ENDPOINT_URL_APPRUNNER"] = EndpointUrl;
        environment["AWS_REGION"] = Region;
        environment["AWS_DEFAULT_REGION"] = Region;
        environment["AWS_ACCESS_KEY_ID"] = AccessKey;
        environment["AWS_SECRET_ACCESS_KEY"] = SecretKey;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public override string ToString() => $"{EndpointUrl} {Region} {AccessKey} {SecretKey}";
}
