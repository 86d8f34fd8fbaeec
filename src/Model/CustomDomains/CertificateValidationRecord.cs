using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A DNS record that proves that the domain is one's own (API: CertificateValidationRecord).</summary>
public sealed class CertificateValidationRecord
{
    /// <summary>The record's name.</summary>
    public string? Name { get; set; }

    /// <summary>The record's type: CNAME.</summary>
    public string? Type { get; set; }

    /// <summary>The record's value.</summary>
    public string? Value { get; set; }

    /// <summary>PENDING_VALIDATION, SUCCESS or FAILED.</summary>
    [OneOf(typeof(CertificateValidationRecordStatus))]
    public string? Status { get; set; }

    /// <summary>The record as one line of a zone.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{Name} {Type} {Value}";
}
