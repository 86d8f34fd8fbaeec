using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;

namespace AppRunner.Conformance.Tests.CommandLine;

/// <summary>The AWS CLI, one process per call.</summary>
internal sealed partial class CommandLineClient : IOutsideClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string program;
    private readonly Model.LocalEndpoint endpoint;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("apprunner-cli-");

    public CommandLineClient(string program, Model.LocalEndpoint endpoint)
    {
        this.program = program;
        this.endpoint = endpoint;

        // The CLI then prints times as dates instead of the received number.
        File.WriteAllText(ConfigFile, "[default]\ncli_timestamp_format = iso8601\n");
    }

    private string ConfigFile => Path.Combine(folder.FullName, "config");

    public async Task<Reply> CallAsync(string operation, JsonObject input)
    {
        var file = Path.Combine(folder.FullName, "input.json");
        await File.WriteAllTextAsync(file, input.ToJsonString());
        var start = new ProcessStartInfo(program, [ShapeTable.LogsOperations.Contains(operation) ? "logs" : "apprunner", CommandOf(operation), "--cli-input-json", "file://" + file, "--endpoint-url", endpoint.EndpointUrl, "--output", "json", "--no-paginate"]);
        Tool.Export(start, endpoint, ConfigFile);
        var run = await Tool.RunAsync(start, Limit);
        if (run.ExitCode == 0)
            return new Reply(run.Output.Trim() is { Length: > 0 } output ? JsonNode.Parse(output)!.AsObject() : [], null, null);
        return ErrorLine().Match(run.Errors) is { Success: true } reported
            ? new Reply(null, new ReplyError(reported.Groups["name"].Value, reported.Groups["message"].Value.Trim(), reported.Groups["operation"].Value == operation), null)
            : new Reply(null, new ReplyError("(no response)", run.Errors.Trim(), false), null);
    }

    public bool IsTime(JsonNode value) => value.GetValueKind() == System.Text.Json.JsonValueKind.String
        && DateTimeOffset.TryParseExact(value.GetValue<string>(), ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFzzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The command of an operation, such as <c>create-service</c>.</summary>
    public static string CommandOf(string operation) => WordStart().Replace(operation, "-").ToLowerInvariant();

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"An error occurred \((?<name>\w+)\) when calling the (?<operation>\w+) operation[^:]*: (?<message>.*)", RegexOptions.Singleline)]
    private static partial Regex ErrorLine();
}
