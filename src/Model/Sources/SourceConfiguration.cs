using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>What a service deploys: exactly one of a code repository and an image repository (API: SourceConfiguration).</summary>
public sealed class SourceConfiguration : ICrossFieldRules
{
    /// <summary>A source code repository; excludes <see cref="ImageRepository"/>.</summary>
    [KeptIfAbsent]
    public CodeRepository? CodeRepository { get; set; }

    /// <summary>A container image; excludes <see cref="CodeRepository"/>.</summary>
    [KeptIfAbsent]
    public ImageRepository? ImageRepository { get; set; }

    /// <summary>Whether a push to the source starts a deployment. Default: true, but false for ECR Public and for another account's ECR.</summary>
    [KeptIfAbsent]
    public bool? AutoDeploymentsEnabled { get; set; }

    /// <summary>The role or connection for access to the source.</summary>
    public AuthenticationConfiguration? AuthenticationConfiguration { get; set; }

    /// <summary>The settings of the program; null if there are none here, but maybe in apprunner.yaml.</summary>
    internal IRunSettings? RunSettings => ImageRepository is not null ? ImageRepository.ImageConfiguration : CodeRepository?.CodeConfiguration?.CodeConfigurationValues;

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (CodeRepository is not null && ImageRepository is not null)
            yield return new Problem(string.Empty, "has both CodeRepository and ImageRepository; give exactly one.");
        if (CodeRepository is null && ImageRepository is null && root is not UpdateServiceRequest)
            yield return new Problem(string.Empty, "has neither CodeRepository nor ImageRepository; give exactly one.");
        if (root is not CreateServiceRequest)
            yield break;

        if (CodeRepository is { CodeConfiguration: null })
            yield return new Problem("CodeRepository.CodeConfiguration", "is required when a service is created.");
        if (RepositoryAddress.IsHosted(CodeRepository?.RepositoryUrl) && string.IsNullOrEmpty(AuthenticationConfiguration?.ConnectionArn))
            yield return new Problem("AuthenticationConfiguration.ConnectionArn", "is required for a GitHub or Bitbucket repository.");
        if (ImageRepository?.ImageRepositoryType == Model.ImageRepositoryType.Ecr && string.IsNullOrEmpty(AuthenticationConfiguration?.AccessRoleArn))
            yield return new Problem("AuthenticationConfiguration.AccessRoleArn", "is required for a private ECR image: the role that App Runner pulls it with.");

        // The cmdlets take ECR_PUBLIC for an image that is in neither registry, so the image's name decides.
        if (ImageRepository?.ImageRepositoryType == Model.ImageRepositoryType.EcrPublic && Model.ImageRepository.TypeOf(ImageRepository.ImageIdentifier) == Model.ImageRepositoryType.EcrPublic)
        {
            if (!string.IsNullOrEmpty(AuthenticationConfiguration?.AccessRoleArn))
                yield return new Problem("AuthenticationConfiguration.AccessRoleArn", "must be omitted for an ECR Public image.");
            if (AutoDeploymentsEnabled == true)
                yield return new Problem("AutoDeploymentsEnabled", "must be omitted or false for an ECR Public image.") { ServiceMessage = "App Runner doesn't support automatic deployments for an image in an ECR Public repository." };
        }
    }

    /// <summary>The image, or repository and branch.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        ImageRepository?.ToString() ?? CodeRepository?.ToString() ?? string.Empty;
}

/// <summary>The access to a source (API: AuthenticationConfiguration).</summary>
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
