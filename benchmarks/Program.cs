using System;
using System.Threading.Tasks;

namespace AppRunner.Benchmarks;

internal static class Program
{
    /// <summary>Without arguments: everything, as a table of ratios. With one: a piece of it in a process of its own.</summary>
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["serve", var services]:
                await Server.ServeAsync(int.Parse(services, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["piece", var name]:
                Console.WriteLine(await Pieces.RunAsync(name));
                return 0;
            case ["quick"] or []:
                await Report.RunAsync(quick: args.Length > 0);
                return 0;
            default:
                Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks [-- quick]");
                return 64;
        }
    }
}
