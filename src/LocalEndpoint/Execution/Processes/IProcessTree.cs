namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>A process and all that it starts, as the operating system keeps them together.</summary>
internal interface IProcessTree
{
    /// <summary>Asks all of them to end. Does nothing where they cannot be asked.</summary>
    void Ask();

    /// <summary>Ends all of them.</summary>
    void Kill();

    /// <summary>Whether one of them is still there.</summary>
    bool IsAlive { get; }
}
