using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the services that use an auto scaling configuration (API: ListServicesForAutoScalingConfiguration).</summary>
public sealed class ListServicesForAutoScalingConfigurationRequest : AppRunnerRequest<ListServicesForAutoScalingConfigurationResponse>, IPagedRequest
{
    /// <summary>Maximum entries per page.</summary>
    internal const int PageLimit = 100;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListServicesForAutoScalingConfiguration";

    /// <summary>The full ARN, or one that ends in <c>/name/revision</c> or <c>/name</c>, which means the latest revision. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>Maximum entries per page, 1 to 100. Default: 100.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(1, 1024)]
    public string? NextToken { get; set; }
}

/// <summary>One page of ListServicesForAutoScalingConfiguration.</summary>
public sealed class ListServicesForAutoScalingConfigurationResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The ARNs of the services of this page.</summary>
    public List<string>? ServiceArnList { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
