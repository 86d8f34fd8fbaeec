using System;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// Executes or simulates the operations of one region's services: it begins an operation when it is told to, and reports how the operation
/// ended to <see cref="ServiceStore.End"/>. The caller of each member must hold the region's lock, so none may wait.
/// </summary>
internal interface IServiceRunner
{
    /// <summary>Takes a new service, before its first operation begins.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The host of its URL; null where it keeps the one that it was given.</returns>
    string? Open(StoredService service);

    /// <summary>How long an operation is going to take; null where it ends when its work has ended.</summary>
    /// <param name="outcome">How the operation has to end, one of <see cref="Model.OperationStatus"/>.</param>
    TimeSpan? DurationOf(string outcome);

    /// <summary>Begins the work of an operation.</summary>
    /// <param name="service">A service on which no other operation runs.</param>
    /// <param name="operation">Its operation, which is stored already.</param>
    void Begin(StoredService service, StoredOperation operation);

    /// <summary>Ends the operations whose time has come.</summary>
    /// <param name="now">The time.</param>
    void AdvanceClock(DateTime now);
}
