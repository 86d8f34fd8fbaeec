using System;

namespace AppRunner.Definitions.Yaml;

/// <summary>A text is not YAML, or is YAML that nobody needs.</summary>
internal sealed class YamlFaultException : Exception
{
    public YamlFaultException(Place place, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Place = place;
    }

    /// <summary>Where.</summary>
    public Place Place { get; }
}
