namespace AppRunner.Model;

/// <summary>A resource of App Runner that has an ARN of its own and can have tags.</summary>
public interface IResource
{
    /// <summary>Its ARN.</summary>
    string? ResourceArn { get; }
}
