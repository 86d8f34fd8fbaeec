using System;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>Which statuses allow what.</summary>
internal static class ServiceStateRules
{
    /// <summary>Refuses an operation that the service's status forbids.</summary>
    /// <param name="service">The service.</param>
    /// <param name="what">What cannot be done then, such as <c>paused</c>.</param>
    /// <param name="allowed">The statuses that allow it.</param>
    /// <exception cref="InvalidStateException">Another status.</exception>
    public static void Require(StoredService service, string what, params string[] allowed)
    {
        if (Array.IndexOf(allowed, service.Status) < 0)
            throw new InvalidStateException($"Service cannot be {what} in the current state: {service.Status}.");
    }
}
