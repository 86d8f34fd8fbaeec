using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Headers beside Content-Length and Connection, which the connection writes.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
