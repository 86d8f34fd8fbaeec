using System;
using System.IO;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using AppRunner.Client.Transport;
using AppRunner.Model.Json;

namespace AppRunner.Client.Pipeline;

/// <summary>Reads the answer of any operation.</summary>
/// <typeparam name="T">The Model's response shape.</typeparam>
internal sealed class JsonUnmarshaller<T> : JsonResponseUnmarshaller
    where T : class
{
    public static JsonUnmarshaller<T> Instance { get; } = new();

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var answer = (BufferedAnswer)input.ResponseData;
        return new JsonAnswer<T>
        {
            Shape = WireJson.ReadResponse<T>(answer.Body),
            RequestId = answer.RequestId,
            ServerTime = answer.ServerTime,
        };
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var answer = (BufferedAnswer)input.ResponseData;
        var (code, message) = ReadError(answer.Body);
        code = answer.GetHeaderValue("x-amzn-ErrorType") is { Length: > 0 } header ? header : code;
        return new ErrorAnswerException(answer, ShortCode(code), message, innerException);
    }

    // The pipeline wants a stream, but the answer is in memory already.
    protected override UnmarshallerContext ConstructUnmarshallerContext(Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, Amazon.Runtime.IRequestContext requestContext) =>
        new JsonUnmarshallerContext(responseStream, maintainResponseBody: false, response, isException);

    private static (string? Code, string? Message) ReadError(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return default;
            string? code = null, message = null;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String)
                    continue;
                if (member.NameEquals("__type") || (code is null && member.NameEquals("code")))
                    code = member.Value.GetString();
                else if (string.Equals(member.Name, "message", StringComparison.OrdinalIgnoreCase) || (message is null && string.Equals(member.Name, "errorMessage", StringComparison.OrdinalIgnoreCase)))
                    message = member.Value.GetString();
            }

            return (code, message);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    // The SDK's tables of throttling and clock-skew codes know the bare code only.
    private static string? ShortCode(string? code)
    {
        if (string.IsNullOrEmpty(code))
            return null;
        var bare = code!.Substring(code.LastIndexOf('#') + 1);
        var colon = bare.IndexOf(':');
        return colon < 0 ? bare : bare.Substring(0, colon);
    }
}
