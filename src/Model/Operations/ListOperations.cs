using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the operations of a service, newest first (API: ListOperations).</summary>
public sealed class ListOperationsRequest : AppRunnerRequest<ListOperationsResponse>, IPagedRequest, IServiceArnRequest
{
    /// <summary>Maximum operations per page.</summary>
    internal const int PageLimit = 20;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListOperations";

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(0, 51200)]
    public string? NextToken { get; set; }

    /// <summary>Maximum operations per page, 1 to 20. Default: all.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }
}

/// <summary>One page of ListOperations, newest first.</summary>
public sealed class ListOperationsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The operations of this page.</summary>
    public List<Operation>? OperationSummaryList { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
