using System;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>How long the parts of the work may take, how often things are looked at, and where programs are looked for.</summary>
internal sealed record ExecutionSettings
{
    /// <summary>Time until the source code is fetched and built.</summary>
    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time until a new instance must be healthy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Between two looks whether a new instance listens already.</summary>
    public TimeSpan ListenInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>For requests that run on an instance whose place was taken: as long as a request may take.</summary>
    public TimeSpan DrainPatience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>For requests that run on a service which is to be suspended.</summary>
    public TimeSpan PausePatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For an instance that was asked to stop.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long fewer instances must be enough before one is stopped.</summary>
    public TimeSpan ScaleDownAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before a replacement that did not become healthy is tried again; longer each time.</summary>
    public TimeSpan ReplacePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these pauses.</summary>
    public TimeSpan LongestReplacePause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at a branch of a repository on this computer.</summary>
    public TimeSpan LocalPoll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks at a branch elsewhere.</summary>
    public TimeSpan RemotePoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folders to look for Docker and Podman in; null for the session's PATH.</summary>
    public string? ContainerPath { get; init; }
}
