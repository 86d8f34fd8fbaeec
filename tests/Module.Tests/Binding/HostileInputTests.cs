using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>Inputs that are endless, slow, deep, huge or broken: each ends in an error or a request, within bounds of time and memory.</summary>
public sealed class HostileInputTests : IDisposable
{
    private static readonly int Definitions = int.Parse(Environment.GetEnvironmentVariable("APPRUNNER_TEST_DEFINITIONS") ?? "1000", CultureInfo.InvariantCulture);

    private static readonly string[] Keys =
    [
        "ServiceName", "Name", "ImageIdentifier", "SourceConfiguration", "ImageRepository", "ImageConfiguration", "RuntimeEnvironmentVariables", "EnvironmentVariable", "EnvironmentSecret", "Tag", "Tags", "Key", "Value",
        "InstanceConfiguration", "Cpu", "HealthCheckConfiguration", "Interval", "NetworkConfiguration", "EgressConfiguration", "IngressConfiguration", "AutoDeploymentsEnabled", "Port", "Operation", "ServiceArn", "Status",
        "", "\0", "\n", "a.b[0]", "{", "@{", "System.Object", new('x', 5000), "Environmnet", "ß", "İ",
    ];

    private readonly Session session = Session.Plain();

    public HostileInputTests() => session.UseConnector(new CapturingConnection());

    public void Dispose() => session.Dispose();

    [Fact]
    public void Random_and_hostile_definitions_never_crash_hang_or_outgrow_a_bound()
    {
        var random = new Random(20261128);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var batch = 0; batch < Definitions / 100; batch++)
            Bind(batch);

        // What the session keeps for its user is not of the module.
        session["definitions"] = null;
        session.Run("$Error.Clear()");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(100_000_000);

        void Bind(int batch)
        {
            session["definitions"] = Enumerable.Range(0, 100).Select(_ => Value(random, 4)).ToArray();

            var result = session.Run("foreach ($definition in $definitions) { try { , $definition | New-ARService } catch [System.Management.Automation.ParameterBindingException] { } }");

            result.Ended.ShouldBeNull();
            result.Errors.Select(error => error.Id()).Except([ErrorIds.InvalidParameter, "InputObjectNotBound", "ParameterArgumentValidationErrorNullNotAllowed"]).ShouldBeEmpty($"batch {batch}: {result.Errors.FirstOrDefault(error => error.Id() == ErrorIds.InternalError)?.Exception}");
            result.Errors.ShouldAllBe(error => error.ToString().Length < 100_000);
        }
    }

    [Theory]
    [InlineData("-Tag $endless", "Tag: has more than 10,000 entries.")]
    [InlineData("-EnvironmentVariable $endless", "EnvironmentVariable: has more than 10,000 entries.")]
    [InlineData("-NetworkConfiguration $members", "NetworkConfiguration: has more than 10,000 entries.")]
    [InlineData("-HealthCheckConfiguration @{ Path = $endless }", "HealthCheckConfiguration.Path: must be a string")]
    [InlineData("-EnvironmentVariable @{ A = $endless }", "EnvironmentVariable.A: must be a string")]
    [InlineData("-Tag $failing", "Tag: cannot be read: System.DivideByZeroException.")]
    [InlineData("-NetworkConfiguration $broken", "NetworkConfiguration: cannot be read: System.NotSupportedException.")]
    public void An_endless_or_broken_input_is_an_error(string parameter, string message)
    {
        session["endless"] = new Endless(() => { }, "a=1");
        session["members"] = new Endless(() => { }, new KeyValuePair<string, object?>("Zebra", 1)).Members();
        session["failing"] = new Endless(() => throw new DivideByZeroException(), "a=1");
        session["broken"] = new BrokenTable();

        session.Run($"New-ARService web1 {Session.Image} {parameter}").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldContain(message);
    }

    [Theory]
    [InlineData("New-ARHealthCheckConfig -Interval ''", "Interval: '0' must be between 1 and 20.")]
    [InlineData("New-ARHealthCheckConfig -InputObject @{ Interval = [uint64]::MaxValue }", "Interval: must be an integer")]
    [InlineData("New-ARService -InputObject $endless", "The list has more than 10,000 entries.")]
    [InlineData("$getter | Suspend-ARService", "The object cannot be read: System.Management.Automation.")]
    [InlineData("Suspend-ARService $broken", "The object cannot be read: System.NotSupportedException.")]
    [InlineData("New-ARVpcConnector -InputObject $broken", "InputObject: cannot be read: System.NotSupportedException.")]
    public void A_value_that_cannot_be_used_is_an_error_of_this_module(string command, string message)
    {
        session["endless"] = new Endless(() => { }, 5);
        session["broken"] = new BrokenTable();
        session.Run("$getter = [pscustomobject]@{}; $getter | Add-Member ScriptProperty ServiceArn { throw 'x' }").ShouldBeClean();

        session.Run(command).Errors.ShouldContain(error => error.Id() == ErrorIds.InvalidParameter && error.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Suspend-ARService $endless", "The list of names or ARNs has more than 10,000 entries.")]
    [InlineData("Suspend-ARService $failing", "The list of names or ARNs cannot be read: System.DivideByZeroException.")]
    [InlineData("New-ARVpcConnector one -Subnets $endless", "The list has more than 10,000 entries.")]
    public void An_endless_list_of_names_is_an_error(string command, string message)
    {
        session["endless"] = new Endless(() => { }, "web1");
        session["failing"] = new Endless(() => throw new DivideByZeroException(), "web1");

        var result = session.Run(command);

        result.Errors.Select(error => error.ToString()).Append(result.Ended?.Message).ShouldContain(error => error != null && error.Contains(message));
    }

    [Theory]
    [InlineData("Suspend-ARService $endless")]
    [InlineData("New-ARService web1 public.ecr.aws/nginx/nginx:1 -Tag $endless")]
    [InlineData("New-ARService web1 public.ecr.aws/nginx/nginx:1 -EnvironmentVariable $endless")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; Tag = $endless } | New-ARService")]
    public async Task A_slow_endless_input_is_stopped(string command)
    {
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        session["endless"] = new Endless(
            () =>
            {
                Thread.Sleep(20);
                if (++count == 10)
                    reading.TrySetResult();
            },
            "a=1");

        var (result, took) = await session.StopAsync(command, reading.Task);

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        result.Errors.ShouldBeEmpty();
        count.ShouldBeLessThan(200);
    }

    [Fact]
    public void A_definition_with_very_many_unknown_members_reports_a_bounded_number()
    {
        session["many"] = Enumerable.Range(0, 5000).ToDictionary(number => "Unknown" + number, number => (object?)number);

        var problems = session.Run("$many | New-ARService").ErrorWith(ErrorIds.InvalidParameter).Exception.ShouldBeOfType<InvalidParameterException>().Problems;

        problems.Count.ShouldBeInRange(100, 110);
        problems.ShouldContain(problem => problem.Message == "has more problems, which are not listed.");
    }

    private object? Value(Random random, int depth) => random.Next(depth == 0 ? 18 : 30) switch
    {
        0 => null,
        1 => string.Empty,
        2 => "web-" + random.Next(1000, 9999),
        3 => Session.Image,
        4 => new string('=', random.Next(3000)),
        5 => "A=1;B=\"x\nC='",
        6 => "{\"a\":[{\"b\":" + random.Next(9) + "}]" + (random.Next(2) == 0 ? "}" : string.Empty),
        7 => random.NextDouble() * double.MaxValue,
        8 => random.Next(),
        9 => random.Next(2) == 0,
        10 => DateTime.MaxValue,
        11 => new BrokenTable(),
        12 => new Endless(() => { }, random.Next(2) == 0 ? "a=1" : null),
        13 => new Endless(() => throw new InvalidOperationException("broken"), null),
        14 => System.Management.Automation.Internal.AutomationNull.Value,
        15 => ScriptBlock.Create("throw"),
        16 => new BrokenObject(),
        17 => "\ud800\u0000\u202e",
        < 24 => Table(random, depth),
        < 27 => Custom(random, depth),
        _ => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)).ToArray(),
    };

    private Hashtable Table(Random random, int depth)
    {
        var table = new Hashtable();
        for (var count = random.Next(8); count > 0; count--)
            table[Keys[random.Next(Keys.Length)]] = Value(random, depth - 1);
        if (random.Next(20) == 0)
            table[Keys[random.Next(Keys.Length)]] = table;
        if (random.Next(50) == 0)
            table[new object()] = 1;
        return table;
    }

    private PSObject Custom(Random random, int depth)
    {
        var custom = new PSObject();
        foreach (var key in Keys.Where(key => key.Trim('\0', '\n').Length > 0 && random.Next(8) == 0).DistinctBy(key => key.ToUpperInvariant()))
            custom.Properties.Add(random.Next(20) == 0 ? new PSScriptProperty(key, ScriptBlock.Create("throw 'broken'")) : new PSNoteProperty(key, Value(random, depth - 1)), preValidated: true);
        return custom;
    }

    private sealed class Endless(Action before, object? entry) : IEnumerable
    {
        public IEnumerator GetEnumerator()
        {
            while (true)
            {
                before();
                yield return entry;
            }
        }

        public IEnumerable<KeyValuePair<string, object?>> Members() => this.Cast<KeyValuePair<string, object?>>();
    }

    private sealed class BrokenTable : Hashtable
    {
        public override ICollection Keys => throw new NotSupportedException("broken");
    }

    private sealed class BrokenObject
    {
        public string ServiceName => throw new NotSupportedException("broken");

        public object Tag => this;
    }
}
