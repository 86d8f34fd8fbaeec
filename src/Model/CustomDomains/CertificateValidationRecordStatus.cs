namespace AppRunner.Model;

/// <summary>Known values of a certificate record's status (API: CertificateValidationRecordStatus).</summary>
public static class CertificateValidationRecordStatus
{
    /// <summary>Not seen in the DNS yet.</summary>
    public const string PendingValidation = "PENDING_VALIDATION";

    /// <summary>Seen in the DNS.</summary>
    public const string Success = "SUCCESS";

    /// <summary>Not seen in time.</summary>
    public const string Failed = "FAILED";
}
