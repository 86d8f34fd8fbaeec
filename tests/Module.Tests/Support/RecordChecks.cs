using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Shouldly;

namespace AppRunner.Module.Tests.Support;

/// <summary>Helpers for common checks of records.</summary>
internal static class RecordChecks
{
    /// <summary>The error id; the engine appends the cmdlet's class.</summary>
    public static string Id(this ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    public static IReadOnlyList<T> ShouldAllBeOfType<T>(this IEnumerable<object?> items) =>
        items.Select(item => item.ShouldBeAssignableTo<T>()!).ToArray();
}
