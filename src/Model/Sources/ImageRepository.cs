using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A container image (API: ImageRepository).</summary>
public sealed class ImageRepository : ICrossFieldRules
{
    /// <summary>The image's name with tag or digest, 1 to 1024 characters: ECR or ECR Public. Required.</summary>
    [Required, Length(1, 1024), ImageIdentifier]
    public string? ImageIdentifier { get; set; }

    /// <summary>How the image is run.</summary>
    [Default]
    public ImageConfiguration? ImageConfiguration { get; set; }

    /// <summary>ECR or ECR_PUBLIC. Required.</summary>
    [Required, OneOf(typeof(ImageRepositoryType))]
    public string? ImageRepositoryType { get; set; }

    /// <summary>The repository type of an image's name; null if it is unknown.</summary>
    /// <param name="imageIdentifier">The image's name.</param>
    /// <returns>ECR, ECR_PUBLIC or null.</returns>
    internal static string? TypeOf(string? imageIdentifier)
    {
        if (imageIdentifier is null)
            return null;
        if (imageIdentifier.StartsWith("public.ecr.aws/", System.StringComparison.Ordinal))
            return Model.ImageRepositoryType.EcrPublic;
        return ImageIdentifierAttribute.IsPrivate(imageIdentifier) ? Model.ImageRepositoryType.Ecr : null;
    }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (TypeOf(ImageIdentifier) is { } type && type != ImageRepositoryType && ImageRepositoryType is Model.ImageRepositoryType.Ecr or Model.ImageRepositoryType.EcrPublic)
            yield return new Problem("ImageRepositoryType", $"is {ImageRepositoryType}, but the image is in {type}.");
    }

    /// <summary>The image.</summary>
    /// <returns><see cref="ImageIdentifier"/>.</returns>
    public override string ToString() =>
        ImageIdentifier ?? string.Empty;
}

/// <summary>Known kinds of image repository (API: ImageRepositoryType).</summary>
public static class ImageRepositoryType
{
    /// <summary>A private Amazon ECR repository; needs an access role.</summary>
    public const string Ecr = "ECR";

    /// <summary>Amazon ECR Public; takes no access role and no automatic deployments.</summary>
    public const string EcrPublic = "ECR_PUBLIC";
}

/// <summary>How an image is run (API: ImageConfiguration).</summary>
public sealed class ImageConfiguration : ICrossFieldRules, IRunSettings
{
    /// <summary>Environment variables: names of 1 to 51200, values of 0 to 51200 characters.</summary>
    [Sensitive, Map(51200, 0, 51200)]
    public Dictionary<string, string>? RuntimeEnvironmentVariables { get; set; }

    /// <summary>A command that replaces the image's own, on one line.</summary>
    [Sensitive, Command(HasShell = false)]
    public string? StartCommand { get; set; }

    /// <summary>The port that the application listens on, 1 to 65535. Default: 8080.</summary>
    [Port, Default(RunSettingRules.DefaultPort)]
    public string? Port { get; set; }

    /// <summary>Environment variables whose values are the ARNs of secrets or parameters (1 to 2048 characters).</summary>
    [Sensitive, Map(2048, 1, 2048, ValuesAreReferences = true)]
    public Dictionary<string, string>? RuntimeEnvironmentSecrets { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (RunSettingRules.NamesGivenTwice(RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets) is { } problem)
            yield return problem;
    }

    /// <summary>The port, and how many variables and secrets there are.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        RunSettingRules.Summary(Port, RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets);
}
