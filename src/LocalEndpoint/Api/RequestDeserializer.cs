using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>Deserializes the body of a request, and validates the request.</summary>
internal static class RequestDeserializer
{
    /// <summary>Deserializes a body.</summary>
    /// <param name="json">The body.</param>
    /// <param name="type">The request type.</param>
    /// <returns>The request, not validated yet.</returns>
    /// <exception cref="AppRunnerServiceException">SerializationException: the body is not valid JSON, or a value has the wrong type.</exception>
    public static object Deserialize(ReadOnlyMemory<byte> json, Type type)
    {
        try
        {
            return WireJson.Read(json.Span, type);
        }
        catch (JsonException e)
        {
            throw ServiceErrors.Create("SerializationException", Describe(json, type, e), 400, requestId: null, e);
        }
    }

    /// <summary>Rejects an invalid request. Unknown values are rejected too, because the simulation cannot know what a new value means.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="InvalidRequestException">The request is not valid; the message is App Runner's if it is known, or has all problems.</exception>
    public static void Validate(object request)
    {
        var problems = RequestRules.Check(request).Where(problem => problem.Severity != ProblemSeverity.Warning).ToArray();
        if (problems.Length > 0 && Array.TrueForAll(problems, problem => problem.ServiceMessage is not null))
            throw new InvalidRequestException(problems[0].ServiceMessage!);
        if (problems.Length > 0)
            throw new InvalidRequestException($"{problems.Length} validation error{(problems.Length == 1 ? string.Empty : "s")} detected: {string.Join("; ", (IEnumerable<Problem>)problems)}");
    }

    private static string Describe(ReadOnlyMemory<byte> json, Type type, JsonException e)
    {
        if (json.IsEmpty)
            return "The body is empty; a JSON object is expected.";
        try
        {
            using var document = JsonDocument.Parse(json);
        }
        catch (JsonException malformed)
        {
            return $"The body is not valid JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}).";
        }

        return $"The value at {VisiblePath(e.Path, type)} has the wrong type.";
    }

    // Only members of the API's types: the keys of a map are chosen by the sender and may be sensitive, such as names of environment variables.
    private static string VisiblePath(string? path, Type type)
    {
        var visible = new List<string>();
        Type? shape = type;
        foreach (var step in (path ?? "$").Split('.'))
        {
            visible.Add(step);
            if (step == "$")
                continue;
            var member = shape is null ? null : RequestRules.WireMembers(shape).FirstOrDefault(m => m.Name == step.Split('[')[0]);
            if (member is null)
                break;
            shape = member.PropertyType.IsGenericType ? member.PropertyType.GetGenericArguments()[0] : member.PropertyType;
            if (!RequestRules.IsShape(shape))
                break;
        }

        return string.Join('.', visible);
    }
}
