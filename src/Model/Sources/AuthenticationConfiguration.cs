using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>What opens a source (API: AuthenticationConfiguration).</summary>
public sealed class AuthenticationConfiguration
{
    /// <summary>The ARN of an App Runner connection; needed for GitHub and Bitbucket.</summary>
    [Length(1, 1011), Arn("apprunner", "connection")]
    public string? ConnectionArn { get; set; }

    /// <summary>The ARN of the role that App Runner pulls an ECR image with.</summary>
    [Length(29, 1024), Arn("iam", "role")]
    public string? AccessRoleArn { get; set; }

    /// <summary>The connection or the role.</summary>
    /// <returns>An ARN.</returns>
    public override string ToString() =>
        ConnectionArn ?? AccessRoleArn ?? string.Empty;
}
