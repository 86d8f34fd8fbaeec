using System;
using AppRunner.LocalEndpoint.Regions;

namespace AppRunner.LocalEndpoint.Operations;

/// <summary>What one call works on.</summary>
/// <param name="Region">The world of the region that the request was signed for.</param>
/// <param name="Endpoint">What all regions share.</param>
/// <param name="Now">The time of the call; one for the whole of it.</param>
internal sealed record OperationContext(Region Region, EndpointState Endpoint, DateTime Now);
