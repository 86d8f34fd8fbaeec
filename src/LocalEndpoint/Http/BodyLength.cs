namespace AppRunner.LocalEndpoint.Http;

/// <summary>How the end of a body is told.</summary>
internal enum BodyLength
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>By Content-Length.</summary>
    Known,

    /// <summary>By the last chunk.</summary>
    Chunked,

    /// <summary>By the end of the connection.</summary>
    UntilClose,
}
