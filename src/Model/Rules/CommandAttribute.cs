using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>A shell command on one line: no line feed, no carriage return (the API's pattern of BuildCommand and StartCommand).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CommandAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (value is string text && text.IndexOfAny(['\r', '\n']) >= 0)
            yield return new RuleFinding("holds a line break; write the command on one line and join its parts with &&");
    }
}
