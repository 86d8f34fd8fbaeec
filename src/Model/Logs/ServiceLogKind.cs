namespace AppRunner.Model;

/// <summary>What the logs of a service tell.</summary>
public static class ServiceLogKind
{
    /// <summary>What happens to the service.</summary>
    public const string Event = "Event";

    /// <summary>What the operations on it do: fetching, building, checking.</summary>
    public const string Deployment = "Deployment";

    /// <summary>What its program writes.</summary>
    public const string Application = "Application";
}
