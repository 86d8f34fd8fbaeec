using System;
using System.Collections.Generic;
using System.Globalization;

namespace AppRunner.Model.Rules;

/// <summary>A TCP port, which App Runner's API carries as a string: 1 to 65535.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (!int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            yield return new RuleFinding("is not a port between 1 and 65535");
    }
}
