namespace AppRunner.LocalEndpoint.Http;

/// <summary>Answers requests. Never throws.</summary>
internal interface IHttpHandler
{
    /// <summary>Answers a request.</summary>
    HttpResponse Answer(HttpRequest request);

    /// <summary>Answers what could not be read as a request.</summary>
    HttpResponse Refuse(HttpFault fault);
}
