using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AppRunner.Benchmarks;

/// <summary>Prints the results of a benchmark: each row at once, and a Markdown table at the end.</summary>
/// <param name="header">The names of the columns.</param>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> rows = [header];

    public static string Show(double number, string unit) => number.ToString(number < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + unit;

    public static string Ratio(double number, double baseline) => (number / baseline).ToString("0.00", CultureInfo.InvariantCulture);

    public void Add(params string[] row)
    {
        rows.Add(row);
        Console.Error.WriteLine(string.Join(" | ", row));
    }

    public void Print()
    {
        var widths = Enumerable.Range(0, header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var (row, number) in rows.Select((row, number) => (row, number)))
        {
            Console.WriteLine("| " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))) + " |");
            if (number == 0)
                Console.WriteLine("|" + string.Join("|", widths.Select(width => new string('-', width + 2))) + "|");
        }
    }
}
