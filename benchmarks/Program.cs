using System;
using System.Threading.Tasks;

namespace AppRunner.Benchmarks;

internal static class Program
{
    /// <summary>Without arguments: all measurements of the module, as a table of ratios. With arguments: fewer runs, another benchmark, or one of the child processes.</summary>
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["serve", var services]:
                await Server.ServeAsync(int.Parse(services, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["measure", var name]:
                Console.WriteLine(await ProcessMeasurements.RunAsync(name));
                return 0;
            case ["web-server"]:
                await WebServer.ServeAsync();
                return 0;
            case ["proxy", var name, var port]:
                await Proxies.ServeAsync(name, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["application"]:
                await WebServer.RunAsync();
                return 0;
            case ["deploy"]:
                await FirstResponse.RunAsync();
                return 0;
            case ["frontdoor", .. var rows]:
                await FrontDoor.RunAsync(rows.Length == 0 ? string.Empty : rows[0]);
                return 0;
            case ["soak"]:
                return await Soak.RunAsync(TimeSpan.FromMinutes(10));
            case ["soak", var seconds]:
                return await Soak.RunAsync(TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
            case ["throttled"]:
                await Throttled.RunAsync();
                return 0;
            case ["publish"]:
                await Publish.RunAsync();
                return 0;
            case ["binding", .. var other]:
                Binding.Run(other.Length == 0 ? null : other[0]);
                return 0;
            case ["session", .. var arguments]:
                await SessionBenchmark.RunAsync(arguments, rounds: 9);
                return 0;
            case ["scale"]:
                Scale.Run();
                return 0;
            case ["quick"] or []:
                await Report.RunAsync(quick: args.Length > 0);
                return 0;
            default:
                Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks [-- quick | session [OTHER_BUILD] [PWSH_DLL] [ROWS] | binding [OTHER_BUILD] | scale | throttled | publish | frontdoor [ROWS] | deploy | soak [SECONDS]]");
                return 64;
        }
    }
}
