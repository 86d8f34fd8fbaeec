namespace AppRunner.Model;

/// <summary>No region is given, configured or found.</summary>
public sealed class NoRegionException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where was looked.</param>
    public NoRegionException(string message)
        : base(ErrorIds.NoRegion, message)
    {
    }
}
