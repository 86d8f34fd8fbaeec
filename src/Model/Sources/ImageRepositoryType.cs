namespace AppRunner.Model;

/// <summary>Known kinds of image repository (API: ImageRepositoryType).</summary>
public static class ImageRepositoryType
{
    /// <summary>A private Amazon ECR repository; needs an access role.</summary>
    public const string Ecr = "ECR";

    /// <summary>Amazon ECR Public; takes no access role and no automatic deployments.</summary>
    public const string EcrPublic = "ECR_PUBLIC";
}
