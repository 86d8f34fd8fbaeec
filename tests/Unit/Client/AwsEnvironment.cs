using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>Tests that set the variables of the process: one at a time, with no other test beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AwsEnvironmentGroup
{
    public const string Name = "AWS environment";
}

/// <summary>An environment without anything of AWS in it, with a home folder of its own; on its end all is as before.</summary>
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

    /// <summary>Makes the SDK look at the environment again: it keeps some of it for the whole process.</summary>
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

        // The SDK keeps the first home folder that it sees, and looks there again: nothing malformed may be left in it.
        Directory.Delete(Home, recursive: true);
        Refresh();
    }
}
