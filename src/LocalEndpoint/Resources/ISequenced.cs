namespace AppRunner.LocalEndpoint.Resources;

/// <summary>Something with a place in an order that never changes.</summary>
internal interface ISequenced
{
    /// <summary>Its place, greater than that of everything before it.</summary>
    long Sequence { get; }
}
