using System;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>An answer of App Runner's API.</summary>
public abstract class AppRunnerResponse
{
    /// <summary>The id that AWS gave the request (x-amzn-RequestId), for questions to its support.</summary>
    [JsonIgnore]
    public string? RequestId { get; set; }

    /// <summary>The service's own time when it answered (HTTP Date header, UTC, whole seconds); null where it sent none.</summary>
    [JsonIgnore]
    public DateTime? ServerTime { get; set; }
}
