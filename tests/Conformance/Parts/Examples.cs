using AppRunner.Conformance.Tests.Scenario;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Parts of requests that many steps share.</summary>
internal static class Examples
{
    /// <summary>The prefix of every ARN of the endpoint.</summary>
    public const string Arn = $"arn:aws:apprunner:us-east-1:{Run.Account}:";

    /// <summary>An id that no resource has.</summary>
    public const string NoId = "0123456789abcdef0123456789abcdef";

    /// <summary>The ARN of a service that does not exist.</summary>
    public const string NoService = $"{Arn}service/missing/{NoId}";

    /// <summary>The SourceConfiguration member of a request.</summary>
    public const string Source = """
        "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "public.ecr.aws/example/hello:1", "ImageRepositoryType": "ECR_PUBLIC" } }
        """;
}
