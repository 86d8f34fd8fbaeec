using System;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.Model;

/// <summary>Whether a service can move to Amazon ECS Express Mode, and what has to be decided or done (Test-ARServiceMigration).</summary>
public sealed class ServiceMigration
{
    /// <summary>Creates a result.</summary>
    /// <param name="service">The service.</param>
    /// <param name="findings">The findings; they are sorted by severity.</param>
    internal ServiceMigration(Service service, IEnumerable<MigrationFinding> findings)
    {
        ServiceName = service.ServiceName;
        ServiceArn = service.ServiceArn;
        Region = service.Region;
        Finding = [.. findings.OrderBy(finding => Array.IndexOf(MigrationSeverity.Order, finding.Severity))];
        Status = Finding.Any(finding => finding.Severity == MigrationSeverity.Blocker) ? MigrationStatus.Blocked
            : Finding.Any(finding => finding.Severity == MigrationSeverity.Decision) ? MigrationStatus.NeedsDecision
            : MigrationStatus.Ready;
    }

    /// <summary>The name of the service.</summary>
    public string? ServiceName { get; }

    /// <summary>The ARN of the service.</summary>
    public string? ServiceArn { get; }

    /// <summary>The region of the service.</summary>
    public string? Region { get; }

    /// <summary>Ready, NeedsDecision or Blocked: one of <see cref="MigrationStatus"/>.</summary>
    public string Status { get; }

    /// <summary>What was found, the most severe first.</summary>
    public IReadOnlyList<MigrationFinding> Finding { get; }

    /// <summary>The name and the status.</summary>
    /// <returns>Such as <c>web: Ready</c>.</returns>
    public override string ToString() => $"{ServiceName}: {Status}";
}

/// <summary>One finding about the move of a service.</summary>
public sealed class MigrationFinding
{
    /// <summary>Creates a finding.</summary>
    /// <param name="severity">One of <see cref="MigrationSeverity"/>.</param>
    /// <param name="member">The member of the service, or a topic that the API of App Runner has no member for.</param>
    /// <param name="message">What is different and what follows, as a predicate of the member. Never contains a sensitive value.</param>
    /// <param name="parameter">The parameter that decides it.</param>
    internal MigrationFinding(string severity, string member, string message, string? parameter = null)
    {
        Severity = severity;
        Member = member;
        Message = message;
        Parameter = parameter;
    }

    /// <summary>Blocker, Decision, Manual, Loss or Note: one of <see cref="MigrationSeverity"/>.</summary>
    public string Severity { get; }

    /// <summary>The path of the member in the output of Get-ARService, or the topic of a general remark.</summary>
    public string Member { get; }

    /// <summary>What is different, and what follows from it.</summary>
    public string Message { get; }

    /// <summary>The parameter of Test-ARServiceMigration and Export-ARService that decides it; null if none does.</summary>
    public string? Parameter { get; }

    /// <summary>All in one line.</summary>
    /// <returns><c>severity: member message</c>.</returns>
    public override string ToString() => $"{Severity}: {Member} {Message}";
}

/// <summary>Whether a service can move.</summary>
public static class MigrationStatus
{
    /// <summary>An export can be created as it is.</summary>
    public const string Ready = nameof(Ready);

    /// <summary>A parameter decides something for which there is a default at most.</summary>
    public const string NeedsDecision = nameof(NeedsDecision);

    /// <summary>The service cannot be exported without a parameter.</summary>
    public const string Blocked = nameof(Blocked);
}

/// <summary>How much a finding matters.</summary>
public static class MigrationSeverity
{
    /// <summary>The export is refused until the parameter is given.</summary>
    public const string Blocker = nameof(Blocker);

    /// <summary>The parameter decides.</summary>
    public const string Decision = nameof(Decision);

    /// <summary>It has to be done or checked by hand.</summary>
    public const string Manual = nameof(Manual);

    /// <summary>A setting that is not carried over.</summary>
    public const string Loss = nameof(Loss);

    /// <summary>Another behavior to know about.</summary>
    public const string Note = nameof(Note);

    /// <summary>All, the most severe first.</summary>
    internal static readonly string[] Order = [Blocker, Decision, Manual, Loss, Note];
}
