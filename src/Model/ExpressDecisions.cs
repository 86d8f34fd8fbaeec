using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>What the user decides about a service of Amazon ECS Express Mode, because App Runner has no such setting or another one. The names are those of the parameters.</summary>
internal sealed class ExpressDecisions : ICrossFieldRules
{
    // The default of the API for average CPU; the same is used for average memory.
    private const int DefaultPercent = 60;

    /// <summary>The role with which Amazon ECS pulls the image, reads the secrets and writes the logs.</summary>
    [Length(20, 2048), Arn("iam", "role")]
    public string? ExecutionRoleArn { get; set; }

    /// <summary>The role with which Amazon ECS creates the load balancer, scaling and certificates. A service keeps it for ever.</summary>
    [Length(20, 2048), Arn("iam", "role")]
    public string? InfrastructureRoleArn { get; set; }

    /// <summary>The role of the application. Default: the service's instance role.</summary>
    [Length(20, 2048), Arn("iam", "role")]
    public string? TaskRoleArn { get; set; }

    /// <summary>The subnets of load balancer and tasks. Public subnets make the service reachable from the internet, private ones from the VPC only.</summary>
    public List<string>? Subnet { get; set; }

    /// <summary>The security groups of the tasks. Default: those of the VPC connector.</summary>
    public List<string>? SecurityGroup { get; set; }

    /// <summary>The path of the health check. Default: that of the service's HTTP check.</summary>
    [Length(1, 1024), Pattern("/[^\\s#]*", "a path that begins with / and has no blank and no #")]
    public string? HealthCheckPath { get; set; }

    /// <summary>The image. Default: that of the service.</summary>
    [Pattern("(?![^\\s/]*://)[^\\s:/]\\S*(?<!:)", "the name of an image without blanks, such as 123456789012.dkr.ecr.REGION.amazonaws.com/NAME:TAG")]
    public string? Image { get; set; }

    /// <summary>The metric to scale by. Default: AVERAGE_CPU.</summary>
    [OneOf(typeof(ExpressScalingMetric))]
    public string? AutoScalingMetric { get; set; }

    /// <summary>The target of the metric: percent, or requests per task and minute. Default: 60 percent.</summary>
    [Range(1, int.MaxValue)]
    public int? AutoScalingTargetValue { get; set; }

    /// <summary>The name or ARN of the cluster. Default: the cluster <c>default</c>.</summary>
    [Pattern("[A-Za-z0-9_-]{1,255}|arn:[a-z0-9-]+:ecs:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9_-]{1,255}", "the name or the ARN of a cluster")]
    public string? Cluster { get; set; }

    /// <summary>The metric that is used.</summary>
    internal string EffectiveMetric => string.IsNullOrEmpty(AutoScalingMetric) ? ExpressScalingMetric.AverageCpu : AutoScalingMetric!;

    /// <summary>The target that is used.</summary>
    internal int EffectiveTargetValue => AutoScalingTargetValue ?? DefaultPercent;

    /// <summary>The names of the decisions that were taken.</summary>
    internal IEnumerable<string> Given => RequestRules.WireMembers(GetType()).Where(member => member.GetValue(this) is not null).Select(member => member.Name);

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        foreach (var problem in CheckIds(nameof(Subnet), Subnet, "subnet").Concat(CheckIds(nameof(SecurityGroup), SecurityGroup, "sg")))
            yield return problem;
        if (Subnet is { } subnets && subnets.Distinct().Count() < 2)
            yield return new Problem(nameof(Subnet), "has one subnet, but a load balancer needs at least two, in different Availability Zones.");
        if (AutoScalingMetric == ExpressScalingMetric.RequestCountPerTarget && AutoScalingTargetValue is null)
            yield return new Problem(nameof(AutoScalingTargetValue), "is required with AutoScalingMetric REQUEST_COUNT_PER_TARGET. Requests per task and minute are about MaxConcurrency x 60 / latency in seconds.");
        if (EffectiveMetric is ExpressScalingMetric.AverageCpu or ExpressScalingMetric.AverageMemory && AutoScalingTargetValue > 100)
            yield return new Problem(nameof(AutoScalingTargetValue), $"'{AutoScalingTargetValue}' must be a percentage of 1 to 100 with AutoScalingMetric {EffectiveMetric}.");
    }

    private static IEnumerable<Problem> CheckIds(string parameter, List<string>? ids, string prefix) =>
        from id in ids ?? []
        where id is not null && !Regex.IsMatch(id, $"\\A{prefix}-[0-9a-f]{{8,17}}\\z", RegexOptions.CultureInvariant)
        select new Problem(parameter, $"{RuleAttribute.Quote(id, sensitive: false)} must be an ID like {prefix}-0123456789abcdef0.");
}

/// <summary>The metrics that Amazon ECS Express Mode scales by (API: ExpressGatewayServiceScalingMetric).</summary>
internal static class ExpressScalingMetric
{
    /// <summary>The average CPU utilization in percent.</summary>
    [Description("The average CPU utilization in percent")]
    public const string AverageCpu = "AVERAGE_CPU";

    /// <summary>The average memory utilization in percent.</summary>
    [Description("The average memory utilization in percent")]
    public const string AverageMemory = "AVERAGE_MEMORY";

    /// <summary>The requests per task and minute.</summary>
    [Description("The requests per task and minute")]
    public const string RequestCountPerTarget = "REQUEST_COUNT_PER_TARGET";
}
