namespace AppRunner.LocalEndpoint.Http;

/// <summary>What an answer says before its body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">What stands behind it; may be empty.</param>
/// <param name="IsHttp11">HTTP/1.1, not HTTP/1.0.</param>
/// <param name="Fields">The headers.</param>
internal sealed record ResponseHead(int Status, string Reason, bool IsHttp11, HttpFields Fields);
