using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Tests.Programs;

/// <summary>Programs that tests run in separate processes.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["web"]:
                return await new WebProgram().RunAsync();
            case ["ignore-sigterm"]:
                return await new WebProgram(ignoresSigterm: true).RunAsync();
            case ["idle"]:
                Console.WriteLine("idle");
                await Task.Delay(Timeout.Infinite);
                return 0;
            case ["fail", var code]:
                await Console.Error.WriteLineAsync("no database");
                return int.Parse(code, CultureInfo.InvariantCulture);
            case ["endpoint", var workFolder]:
                EndpointProgram.Run(workFolder);
                return 0;
            default:
                await Console.Error.WriteLineAsync("web | ignore-sigterm | idle | fail CODE | endpoint WORKFOLDER");
                return 2;
        }
    }
}
