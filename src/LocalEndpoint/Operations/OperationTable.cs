using System;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.LocalEndpoint.Operations;

/// <summary>The one dispatch table: every operation of this assembly by its X-Amz-Target.</summary>
internal static class OperationTable
{
    private static readonly Dictionary<string, ApiOperation> ByTarget = typeof(ApiOperation).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ApiOperation)))
        .Select(type => (ApiOperation)Activator.CreateInstance(type)!)
        .ToDictionary(operation => operation.Target, StringComparer.Ordinal);

    /// <summary>The operation that a request asks for; null where there is none.</summary>
    public static ApiOperation? Find(string? target) => target is not null && ByTarget.TryGetValue(target, out var operation) ? operation : null;
}
