using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;
using AppRunner.LocalEndpoint;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>One run of a part of the scenario by one client on a new endpoint.</summary>
internal sealed class Run : IAsyncDisposable
{
    /// <summary>The account of the endpoint.</summary>
    public const string Account = "123456789012";

    /// <summary>The service quota of the endpoint.</summary>
    public const int ServiceQuota = 3;

    private readonly IOutsideClient client;
    private readonly Dictionary<string, JsonObject> responses = [];
    private readonly ConcurrentDictionary<string, bool>? once;
    private readonly ShapeCheck check;

    private Run(Func<Model.LocalEndpoint, IOutsideClient> connect, ConcurrentDictionary<string, bool>? once)
    {
        this.once = once;
        Endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { OperationDuration = TimeSpan.FromSeconds(1), ServiceQuota = ServiceQuota, AccountId = Account }, Clock);
        client = connect(Endpoint);
        check = new ShapeCheck(client.IsTime);
    }

    public Model.LocalEndpoint Endpoint { get; }

    // Starts at the real time: clients correct their clock by the Date of a response, and signatures are verified with the real time.
    public FakeClock Clock { get; } = new(DateTime.UtcNow);

    /// <summary>Runs a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="connect">Creates the client for an endpoint.</param>
    /// <param name="once">The operations that already returned an internal error in this run of the whole scenario; null: provoke none.</param>
    public static async Task<Report> PartAsync(Part part, Func<Model.LocalEndpoint, IOutsideClient> connect, ConcurrentDictionary<string, bool>? once)
    {
        var problems = new List<string>();
        await using var run = new Run(connect, once);
        for (var i = 0; i < part.Steps.Count; i++)
        {
            try
            {
                await part.Steps[i].RunAsync(run);
            }
            catch (Problem problem)
            {
                problems.Add($"Step {i + 1}, {part.Steps[i]}:\n    {problem.Message}");
            }
        }

        return new Report(problems, run.check.Seen);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        Endpoint.Dispose();
    }

    /// <summary>Keeps a response for later steps.</summary>
    public void Keep(string name, JsonObject response) => responses[name] = response;

    /// <summary>Replaces the references in a value by members of responses.</summary>
    /// <exception cref="Problem">The response was not kept, because its step failed.</exception>
    public JsonNode Resolve(JsonNode value) => value switch
    {
        JsonObject structure => new JsonObject(structure.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Resolve(member.Value!)))),
        JsonArray list => new JsonArray(list.Select(item => Resolve(item!)).ToArray()),
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.String && value.GetValue<string>() is ['$', .. var path] =>
            JsonPath.Find(responses.GetValueOrDefault(path.Split('.')[0]), path[(path.IndexOf('.') + 1)..])?.DeepClone() ?? throw new Problem($"needs {path}, which no earlier response had"),
        _ => value.DeepClone(),
    };

    /// <summary>A kept value, such as the ARN at <c>$web.Service.ServiceArn</c>.</summary>
    public string Text(string reference) => Resolve(JsonValue.Create(reference)).GetValue<string>();

    /// <summary>Calls an operation and checks the response against the API's shape table.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="input">Its request.</param>
    /// <param name="error">The expected error; null for success.</param>
    /// <returns>The response; null for an error.</returns>
    /// <exception cref="Problem">The result is another one, or does not match the table.</exception>
    public async Task<JsonObject?> CallAsync(string operation, JsonObject input, string? error, string? message = null)
    {
        var reply = await client.CallAsync(operation, input);
        if (reply.Error?.Name != error)
            throw new Problem($"{error ?? "success"} expected, but there came {reply}");
        if (message is not null && reply.Error?.Message != message)
            throw new Problem($"'{message}' expected, but there came {reply}");
        return Checked(operation, reply);
    }

    /// <summary>Calls an operation that may succeed or return one error.</summary>
    /// <returns>The response; null for the error.</returns>
    /// <exception cref="Problem">The result is another one, or does not match the table.</exception>
    public async Task<JsonObject?> TryCallAsync(string operation, JsonObject input, string error)
    {
        var reply = await client.CallAsync(operation, input);
        if (reply.Error is not null && reply.Error.Name != error)
            throw new Problem($"success or {error} expected, but there came {reply}");
        return Checked(operation, reply);
    }

    /// <summary>Calls an operation while the endpoint has an internal error: the response must be that error, and the same call afterwards must find nothing changed.</summary>
    /// <exception cref="Problem">The result is another one.</exception>
    public async Task FailWithInternalErrorAsync(string operation, JsonObject input)
    {
        if (once?.TryAdd(operation, true) != true)
            return;
        // Every other time: the response that reports the error carries the time too, and clients try again.
        var broken = false;
        Clock.Asked = () =>
        {
            broken = !broken;
            if (broken)
                throw new InvalidOperationException("The clock is broken.");
        };
        try
        {
            await CallAsync(operation, input, InternalErrorOf(operation));
        }
        finally
        {
            Clock.Asked = null;
        }
    }

    /// <summary>The error that an operation documents for an internal error.</summary>
    public static string InternalErrorOf(string operation) => ShapeTable.LogsOperations.Contains(operation) ? LogsApi.FailureCode : nameof(InternalServiceErrorException);

    private JsonObject? Checked(string operation, Reply reply)
    {
        var problems = (reply.Error is null ? ResponseCheck.Output(operation, reply, check) : ResponseCheck.Error(operation, reply.Error, reply.Body)).ToArray();
        return problems.Length == 0 ? reply.Output : throw new Problem(problems);
    }
}
