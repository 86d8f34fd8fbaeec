namespace AppRunner.Model;

/// <summary>Known values of a custom domain's status (API: CustomDomainAssociationStatus).</summary>
public static class CustomDomainAssociationStatus
{
    /// <summary>Being associated; certificate records are not there yet.</summary>
    public const string Creating = "CREATING";

    /// <summary>Could not be associated.</summary>
    public const string CreateFailed = "CREATE_FAILED";

    /// <summary>Serves.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Being disassociated.</summary>
    public const string Deleting = "DELETING";

    /// <summary>Could not be disassociated.</summary>
    public const string DeleteFailed = "DELETE_FAILED";

    /// <summary>Waits until the certificate records are in the DNS.</summary>
    public const string PendingCertificateDnsValidation = "PENDING_CERTIFICATE_DNS_VALIDATION";

    /// <summary>The certificate is issued and being bound.</summary>
    public const string BindingCertificate = "BINDING_CERTIFICATE";
}
