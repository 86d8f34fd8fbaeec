using System;

namespace AppRunner.Model;

/// <summary>How to wait.</summary>
public sealed class WaitOptions
{
    /// <summary>How long to wait at most. Default: 60 minutes, because a bad access role on an update fails only after some 40.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The time between two looks at one service; null means 5 s in the first minute and 10 s later.</summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>The time until the next look.</summary>
    /// <param name="elapsed">How long has been waited.</param>
    /// <returns>The interval.</returns>
    public TimeSpan IntervalAfter(TimeSpan elapsed) =>
        PollInterval ?? (elapsed < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(10));
}
