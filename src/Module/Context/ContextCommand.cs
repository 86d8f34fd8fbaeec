using System.Linq;
using AppRunner.Commands;
using AppRunner.Connections;
using AppRunner.Model;

namespace AppRunner.Context;

/// <summary>The base of the cmdlets for the runspace's defaults.</summary>
public abstract class ContextCommand : LocalCommand
{
    /// <summary>Gets the current settings.</summary>
    /// <returns>A copy, without secrets.</returns>
    private protected ConnectionContext Snapshot()
    {
        var defaults = Session.Defaults;
        var local = Session.LocalEndpoint;
        var tools = new AwsToolsVariables(SessionState.PSVariable);
        return new ConnectionContext
        {
            Region = defaults.Region ?? (local is null ? tools.DisplayRegion : local.Region),
            ProfileName = local is null ? defaults.ProfileName : null,
            AccessKey = local?.AccessKey ?? defaults.AccessKey,
            EndpointUrl = local?.EndpointUrl ?? defaults.EndpointUrl,
            UseFipsEndpoint = defaults.UseFipsEndpoint,
            UseDualStackEndpoint = defaults.UseDualStackEndpoint,
            RequestTimeout = defaults.RequestTimeout ?? ConnectionSettings.DefaultRequestTimeout,
            IsLocal = local is not null,
            Source = local is null ? Chain(defaults, tools) : "Local endpoint",
        };
    }

    private static string Chain(ConnectionSettings defaults, AwsToolsVariables tools)
    {
        var before = new[] { defaults == new ConnectionSettings() ? null : "Set-ARContext", tools.Source }.Where(part => part is not null).ToArray();
        return before.Length == 0 ? "Environment and AWS profiles" : string.Join(", then ", before) + ", then environment and AWS profiles";
    }
}
