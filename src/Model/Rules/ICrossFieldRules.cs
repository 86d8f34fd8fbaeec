using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>Rules between members of one shape. The paths of the problems begin at that shape.</summary>
public interface ICrossFieldRules
{
    /// <summary>What is wrong between the members.</summary>
    /// <param name="root">The request that is checked: some rules hold for a create only.</param>
    /// <returns>The problems, with paths from this shape.</returns>
    IEnumerable<Problem> CheckTogether(object root);
}
