using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListOperations, newest first.</summary>
public sealed class ListOperationsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The operations of this page.</summary>
    public List<Operation>? OperationSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
