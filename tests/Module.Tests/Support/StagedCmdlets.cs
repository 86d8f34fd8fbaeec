using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Module.Tests.Support;

/// <summary>The cmdlets of the staged module.</summary>
internal static class StagedCmdlets
{
    public static IReadOnlyList<CmdletInfo> All { get; } = Read();

    public static CmdletInfo Of(string name) => All.Single(cmdlet => cmdlet.Name == name);

    /// <summary>A cmdlet's own parameters, without common parameters.</summary>
    public static IReadOnlyList<ParameterMetadata> OwnParameters(this CmdletInfo cmdlet) =>
        [.. cmdlet.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name))];

    /// <summary>The Cmdlet attribute of the class.</summary>
    public static CmdletAttribute Declaration(this CmdletInfo cmdlet) => cmdlet.ImplementingType.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().Single();

    private static CmdletInfo[] Read()
    {
        using var session = Session.Plain();
        var cmdlets = session.Run("Get-Command -Module AppRunner").All<CmdletInfo>().OrderBy(cmdlet => cmdlet.Name, System.StringComparer.Ordinal).ToArray();

        // These properties are lazy and need their runspace, so read them now.
        foreach (var cmdlet in cmdlets)
            _ = (cmdlet.Parameters.Count, cmdlet.ParameterSets.Count, cmdlet.OutputType.Count);
        return cmdlets;
    }
}
