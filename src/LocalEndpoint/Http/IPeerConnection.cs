using System;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>One peer's connection as its listener knows it; disposed, it ends whatever it does.</summary>
internal interface IPeerConnection : IDisposable
{
    /// <summary>Serves the peer until one of the two ends it. Never throws.</summary>
    Task RunAsync();
}
