namespace AppRunner.LocalEndpoint.Http;

/// <summary>What a request says before its body.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Target">As sent.</param>
/// <param name="IsHttp11">HTTP/1.1, not HTTP/1.0.</param>
/// <param name="Fields">The headers.</param>
internal sealed record RequestHead(string Method, string Target, bool IsHttp11, HttpFields Fields);
