using System.Management.Automation;
using AppRunner.Completion;
using AppRunner.Connections;

namespace AppRunner.Context;

/// <summary>
/// Sets defaults for the cmdlets of this runspace. Settings that are not given are unchanged; credentials replace the previous ones. With
/// credentials or an endpoint, the cmdlets no longer use a running local endpoint; after Clear-ARContext they use it again.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ARContext")]
[OutputType(typeof(ConnectionContext))]
public sealed class SetContextCommand : ContextCommand
{
    /// <summary>The default region, such as <c>eu-west-1</c>.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>The default profile of the shared AWS files.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The default access key id; requires SecretKey.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The default secret access key. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: a PSCredential, the output of STS, or an AWSCredentials of AWS.Tools.</summary>
    [Parameter]
    [CredentialTransformation]
    public AwsKeys? Credential { get; set; }

    /// <summary>An endpoint URL to use instead of the region's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>Whether FIPS endpoints are used. Default: AWS_USE_FIPS_ENDPOINT, then the profile.</summary>
    [Parameter]
    public bool? UseFipsEndpoint { get; set; }

    /// <summary>Whether dual-stack endpoints are used. Default: AWS_USE_DUALSTACK_ENDPOINT, then the profile.</summary>
    [Parameter]
    public bool? UseDualStackEndpoint { get; set; }

    /// <summary>Writes the new settings.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var given = new GivenIdentity(ProfileName, AccessKey, SecretKey, SessionToken, Credential);
        given.Check();
        Session.Defaults = given.ApplyTo(Session.Defaults) with
        {
            Region = Region ?? Session.Defaults.Region,
            EndpointUrl = EndpointUrl ?? Session.Defaults.EndpointUrl,
            UseFipsEndpoint = UseFipsEndpoint ?? Session.Defaults.UseFipsEndpoint,
            UseDualStackEndpoint = UseDualStackEndpoint ?? Session.Defaults.UseDualStackEndpoint,
        };
        if (given.IsGiven || EndpointUrl is not null)
            Session.IgnoresLocalEndpoint = true;
        if (PassThru)
            WriteObject(Snapshot());
    }
}
