using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>Tests that set environment variables of the process: they run one at a time, and not beside other tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AwsEnvironmentGroup
{
    public const string Name = "AWS environment";
}

/// <summary>A process environment without AWS variables and with an empty home folder. Dispose restores the original.</summary>
internal sealed class AwsEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> before = [];

    public AwsEnvironment()
    {
        Home = Directory.CreateTempSubdirectory("apprunner-home-").FullName;
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
            this[name] = null;
        this["HOME"] = Home;
        this["USERPROFILE"] = Home;
        this["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public string Home { get; }

    public string? this[string variable]
    {
        set
        {
            before.TryAdd(variable, Environment.GetEnvironmentVariable(variable));
            Environment.SetEnvironmentVariable(variable, value);
        }
    }

    public string Config(string text) => Write("config", text);

    public string Credentials(string text) => Write("credentials", text);

    /// <summary>Resets what the SDK caches of the environment for the whole process.</summary>
    public void Refresh()
    {
        FallbackInternalConfigurationFactory.Reset();
        FallbackRegionFactory.Reset();
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Home, ".aws", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach (var (name, value) in before)
            Environment.SetEnvironmentVariable(name, value);

        // The SDK caches the first home folder and reads it again later: leave no malformed file in it.
        Directory.Delete(Home, recursive: true);
        Refresh();
    }
}
