using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>Measures the local endpoint with 1,000 and with 10,000 services: the time of a call should not depend on their number.</summary>
internal static class Scale
{
    private const int Small = 1_000;
    private const int Large = 10_000;
    private const int Batches = 31;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(30);

    public static void Run()
    {
        var table = new Table("call", Header(Small), Header(Large), "ratio", "target");

        // Warm-up, so that JIT compilation is not measured.
        Build(Small);
        var (small, smallBytes, smallTime) = Build(Small);
        var (large, largeBytes, largeTime) = Build(Large);
        Add("filling it, for each service with its operations", smallTime / Small, largeTime / Large, "us");
        Add("memory, for each service with its operations", smallBytes / 1024 / Small, largeBytes / 1024 / Large, "KiB");

        Compare("ListServices, the first page (20)", world => world.Run(new ListServicesRequest()));
        Compare("ListServices, a page in the middle (20)", world => world.Run(new ListServicesRequest { NextToken = world.MiddleToken }));
        Compare("ListServices, all pages, for each service", world => world.ListAll(), world => world.Count);
        Compare("DescribeService", world => world.Run(new DescribeServiceRequest { ServiceArn = world.AnyArn }));
        Compare("ListTagsForResource", world => world.Run(new ListTagsForResourceRequest { ResourceArn = world.AnyArn }));
        Compare("TagResource", world => world.Run(new TagResourceRequest { ResourceArn = world.AnyArn, Tags = [new Tag { Key = "number", Value = "0" }] }));
        Compare(
            "ListServicesForAutoScalingConfiguration, a page (100) of nearly all",
            world => world.Run(new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = world.DefaultConfigurationArn }));
        Compare(
            $"ListServicesForAutoScalingConfiguration, all {ScaleWorld.FewServices} of a few",
            world => world.Run(new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = world.FewConfigurationArn }));
        Compare("ListOperations, a page (5)", world => world.Run(new ListOperationsRequest { ServiceArn = world.AnyArn, MaxResults = 5 }));
        Compare($"ListOperations, all {ScaleWorld.OperationsOfService} of a service", world => world.Run(new ListOperationsRequest { ServiceArn = world.AnyArn, MaxResults = ScaleWorld.OperationsOfService }));
        Compare("PauseService and ResumeService", world =>
        {
            var arn = world.AnyArn;
            world.Run(new PauseServiceRequest { ServiceArn = arn });
            world.Run(new ResumeServiceRequest { ServiceArn = arn });
        });
        Compare("DeleteService and CreateService", world => world.Replace());
        table.Print();

        void Compare(string what, Action<ScaleWorld> call, Func<ScaleWorld, int>? perCall = null)
        {
            // Alternating, so that other load of the machine affects both.
            var times = Enumerable.Range(0, Batches).Select(_ => (Small: TimeOf(call, small), Large: TimeOf(call, large))).ToArray();
            Add(what, Median(times.Select(pair => pair.Small)) / (perCall?.Invoke(small) ?? 1), Median(times.Select(pair => pair.Large)) / (perCall?.Invoke(large) ?? 1), "us");
        }

        void Add(string what, double smallTimePerCall, double largeTimePerCall, string unit) => table.Add(what, Table.Show(smallTimePerCall, unit), Table.Show(largeTimePerCall, unit), Table.Ratio(largeTimePerCall, smallTimePerCall), "about 1");
    }

    private static string Header(int services) =>
        string.Create(CultureInfo.InvariantCulture, $"{services:N0} services, {services * ScaleWorld.OperationsOfService:N0} operations");

    private static (ScaleWorld World, double Bytes, double Microseconds) Build(int services)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var world = new ScaleWorld(services);
        var time = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        return (world, GC.GetTotalMemory(forceFullCollection: true) - before, time);
    }

    // The time of a call in microseconds.
    private static double TimeOf(Action<ScaleWorld> call, ScaleWorld world)
    {
        var calls = 0;
        var started = Stopwatch.GetTimestamp();
        do
        {
            call(world);
            calls++;
        }
        while (Stopwatch.GetElapsedTime(started) < BatchTime);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls;
    }

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
