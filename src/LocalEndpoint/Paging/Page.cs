using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Paging;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="Items">The entries.</param>
/// <param name="NextToken">The token of the next page; null on the last one.</param>
internal readonly record struct Page<T>(List<T> Items, string? NextToken);
