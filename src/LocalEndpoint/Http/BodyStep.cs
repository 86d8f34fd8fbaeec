namespace AppRunner.LocalEndpoint.Http;

/// <summary>What a body has next.</summary>
internal enum BodyStep
{
    /// <summary>A part.</summary>
    Part,

    /// <summary>Nothing that has come yet.</summary>
    More,

    /// <summary>Nothing any more.</summary>
    End,
}
