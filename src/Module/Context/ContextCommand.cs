using AppRunner.Common;

namespace AppRunner.Context;

/// <summary>The base of the cmdlets about the runspace's defaults.</summary>
public abstract class ContextCommand : AppRunnerCommand
{
    /// <summary>What is in force now.</summary>
    /// <returns>A picture of it, without secrets.</returns>
    private protected ConnectionContext Snapshot()
    {
        var defaults = Session.Defaults;
        var local = Session.LocalEndpoint;
        return new ConnectionContext
        {
            Region = defaults.Region ?? local?.Region,
            ProfileName = local is null ? defaults.ProfileName : null,
            AccessKey = local?.AccessKey ?? defaults.AccessKey,
            EndpointUrl = local?.EndpointUrl ?? defaults.EndpointUrl,
            UseFipsEndpoint = defaults.UseFipsEndpoint,
            UseDualStackEndpoint = defaults.UseDualStackEndpoint,
            IsLocal = local is not null,
            Source = local is not null ? "Local endpoint" : defaults == new Model.ConnectionSettings() ? "Environment and AWS profiles" : "Set-ARContext, then environment and AWS profiles",
        };
    }
}
