using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the operations of a service, newest first (API: ListOperations).</summary>
public sealed class ListOperationsRequest : AppRunnerRequest<ListOperationsResponse>, IPagedRequest, IServiceArnRequest
{
    /// <summary>Most operations of a page.</summary>
    internal const int PageLimit = 20;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListOperations";

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>Where the last page ended.</summary>
    [Length(0, 51200)]
    public string? NextToken { get; set; }

    /// <summary>Most operations of a page, 1 to 20. Without it the service answers all of them.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }
}

/// <summary>One page of ListOperations, newest first.</summary>
public sealed class ListOperationsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The operations of this page.</summary>
    public List<Operation>? OperationSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
