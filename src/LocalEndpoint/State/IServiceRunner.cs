using System;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// Executes or simulates the operations of one region's services: it starts operations, and reports their outcome to
/// <see cref="ServiceStore.End"/>. The caller must hold the region's lock, so no member may block.
/// </summary>
internal interface IServiceRunner
{
    /// <summary>Prepares a new service before its first operation starts.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The host of its URL; null to keep the generated one.</returns>
    string? Open(StoredService service);

    /// <summary>The duration of an operation; null if it ends when its work is done.</summary>
    /// <param name="outcome">The forced outcome, one of <see cref="Model.OperationStatus"/>.</param>
    TimeSpan? DurationOf(string outcome);

    /// <summary>Starts an operation.</summary>
    /// <param name="service">The service, which has no other running operation.</param>
    /// <param name="operation">The operation, which is already stored.</param>
    void Begin(StoredService service, StoredOperation operation);

    /// <summary>Ends the operations whose end time is reached.</summary>
    /// <param name="now">The time.</param>
    void AdvanceClock(DateTime now);
}
