using AppRunner.Conformance.Tests.Scenario;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Pieces of requests that many steps share.</summary>
internal static class Examples
{
    /// <summary>What stands before the resource in every ARN of the endpoint.</summary>
    public const string Arn = $"arn:aws:apprunner:us-east-1:{Run.Account}:";

    /// <summary>An ID that nothing has.</summary>
    public const string NoId = "0123456789abcdef0123456789abcdef";

    /// <summary>A service that there is not.</summary>
    public const string NoService = $"{Arn}service/nobody/{NoId}";

    /// <summary>The member of a request that says what a service runs.</summary>
    public const string Source = """
        "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "public.ecr.aws/example/hello:1", "ImageRepositoryType": "ECR_PUBLIC" } }
        """;
}
