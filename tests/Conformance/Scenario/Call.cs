using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>A call and its expected result: success unless an error is named.</summary>
/// <param name="Operation">Such as CreateService.</param>
/// <param name="Input">Its request as JSON, with references to earlier responses.</param>
internal sealed record Call(string Operation, string Input) : Step
{
    /// <summary>The name that later steps use for the response.</summary>
    public string? Name { get; private init; }

    /// <summary>The expected error.</summary>
    public string? Error { get; private init; }

    /// <summary>The expected message of the error; null for any.</summary>
    public string? Message { get; private init; }

    private ImmutableList<Func<Run, JsonObject, string?>> Checks { get; init; } = [];

    /// <summary>Keeps the response under a name.</summary>
    public Call As(string name) => this with { Name = name };

    /// <summary>Expects an error.</summary>
    /// <param name="error">Such as InvalidRequestException.</param>
    /// <param name="message">The message of App Runner, where it is known.</param>
    public Call Fails(string error, string? message = null) => this with { Error = error, Message = message };

    /// <summary>Expects a value at a path of the response.</summary>
    /// <param name="path">Such as <c>Service.Status</c>, <c>Tags[0].Key</c> or <c>Tags[Key=team].Value</c>.</param>
    /// <param name="value">The value; a string may be a reference, as in inputs.</param>
    public Call Gives(string path, object value) => Checking((run, output) =>
    {
        var expected = run.Resolve(System.Text.Json.JsonSerializer.SerializeToNode(value)!);
        var actual = JsonPath.Find(output, path);
        return JsonNode.DeepEquals(expected, actual) ? null : $"{path} is {actual?.ToJsonString() ?? "not there"}, not {expected.ToJsonString()}";
    });

    /// <summary>Expects a list of the response to have this number of items.</summary>
    public Call Counts(string path, int count) => Checking((_, output) =>
        JsonPath.Find(output, path) is JsonArray list && list.Count == count ? null : $"{path} is not a list of {count} items");

    /// <summary>Expects any value at a path of the response.</summary>
    public Call Has(string path) => Checking((_, output) => JsonPath.Find(output, path) is null ? $"{path} is not there" : null);

    /// <summary>Expects no value at a path of the response.</summary>
    public Call Lacks(string path) => Checking((_, output) => JsonPath.Find(output, path) is { } there ? $"{path} is there: {there.ToJsonString()}" : null);

    public override async Task RunAsync(Run run)
    {
        var input = run.Resolve(JsonNode.Parse(Input)!).AsObject();
        if (Error is null)
            await run.FailWithInternalErrorAsync(Operation, input);
        var output = await run.CallAsync(Operation, input, Error, Message);
        if (Name is not null)
            run.Keep(Name, output!);
        if (Checks.Select(check => check(run, output!)).OfType<string>().ToArray() is { Length: > 0 } problems)
            throw new Problem(problems);
    }

    public override string ToString() => $"{Operation} {Input}";

    private Call Checking(Func<Run, JsonObject, string?> check) => this with { Checks = Checks.Add(check) };
}
