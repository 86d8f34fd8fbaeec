using System.Collections.Generic;
using System.ComponentModel;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How App Runner decides that an instance is healthy (API: HealthCheckConfiguration).</summary>
public sealed class HealthCheckConfiguration : ICrossFieldRules
{
    /// <summary>TCP or HTTP. Default: TCP.</summary>
    [OneOf(typeof(HealthCheckProtocol)), Default(HealthCheckProtocol.Tcp)]
    public string? Protocol { get; set; }

    /// <summary>The URL path of the check; used with HTTP only. Default: <c>/</c>.</summary>
    [Length(1, int.MaxValue), Default("/")]
    public string? Path { get; set; }

    /// <summary>Seconds between checks, 1 to 20. Default: 5.</summary>
    [Range(1, 20), Default(5)]
    public int? Interval { get; set; }

    /// <summary>Seconds to wait for a response, 1 to 20. Default: 2.</summary>
    [Range(1, 20), Default(2)]
    public int? Timeout { get; set; }

    /// <summary>Successes in a row that make an instance healthy, 1 to 20. Default: 1.</summary>
    [Range(1, 20), Default(1)]
    public int? HealthyThreshold { get; set; }

    /// <summary>Failures in a row that make an instance unhealthy, 1 to 20. Default: 5.</summary>
    [Range(1, 20), Default(5)]
    public int? UnhealthyThreshold { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        // The service returns a Path for every check, also for TCP, so only a path other than the default is worth a warning.
        if (Path is not null and not "/" && Protocol is null or HealthCheckProtocol.Tcp && root is CreateServiceRequest)
            yield return new Problem("Path", "is not used with Protocol TCP; set Protocol to HTTP to request the path.", ProblemSeverity.Warning);
    }

    /// <summary>Protocol, path and interval.</summary>
    /// <returns>Such as <c>HTTP /health every 5 s</c>.</returns>
    public override string ToString()
    {
        var whole = Defaults.Fill((HealthCheckConfiguration)MemberwiseClone());
        return $"{whole.Protocol}{(whole.Protocol == HealthCheckProtocol.Http ? " " + whole.Path : string.Empty)} every {whole.Interval} s";
    }
}

/// <summary>Known health check protocols (API: HealthCheckProtocol).</summary>
public static class HealthCheckProtocol
{
    /// <summary>Healthy if the port accepts a connection.</summary>
    [Description("Healthy if the port accepts a connection")]
    public const string Tcp = "TCP";

    /// <summary>Healthy if the path returns a success status.</summary>
    [Description("Healthy if the path returns a success status")]
    public const string Http = "HTTP";
}
