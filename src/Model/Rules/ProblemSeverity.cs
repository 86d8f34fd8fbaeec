namespace AppRunner.Model.Rules;

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth saying; the request can be sent.</summary>
    Warning,

    /// <summary>Not one of the values known to this version: the service decides. A warning for a cmdlet, an error for the local endpoint.</summary>
    UnknownValue,

    /// <summary>The service would refuse the request.</summary>
    Error,
}
