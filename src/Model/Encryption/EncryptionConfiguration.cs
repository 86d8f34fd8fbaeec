using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The key for the copy of the source and the logs (API: EncryptionConfiguration). Set when a service is created, never changed.</summary>
public sealed class EncryptionConfiguration
{
    /// <summary>The ARN of a KMS key, at most 256 characters. Required. Without this shape App Runner uses a key of its own.</summary>
    [Required, Length(0, 256), Arn("kms", "key")]
    public string? KmsKey { get; set; }

    /// <summary>The key.</summary>
    /// <returns>An ARN.</returns>
    public override string ToString() =>
        KmsKey ?? string.Empty;
}
