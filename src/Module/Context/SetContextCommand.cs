using System.Management.Automation;
using AppRunner.Completion;
using AppRunner.Connections;

namespace AppRunner.Context;

/// <summary>
/// Keeps defaults for this runspace's cmdlets. What is not given stays as it is; an identity replaces the one before. Choosing an
/// identity or an endpoint turns the cmdlets away from a local endpoint that runs; Clear-ARContext turns them back.
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

    /// <summary>The access key id of default keys; with SecretKey.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key of default keys. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>Keys as an object: a PSCredential, what STS answers, or an AWSCredentials of AWS.Tools.</summary>
    [Parameter]
    [CredentialTransformation]
    public AwsKeys? Credential { get; set; }

    /// <summary>An address to use in place of the region's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>Whether FIPS endpoints are used. Default: AWS_USE_FIPS_ENDPOINT, then the profile.</summary>
    [Parameter]
    public bool? UseFipsEndpoint { get; set; }

    /// <summary>Whether dual-stack endpoints are used. Default: AWS_USE_DUALSTACK_ENDPOINT, then the profile.</summary>
    [Parameter]
    public bool? UseDualStackEndpoint { get; set; }

    /// <summary>Writes the context as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var given = new GivenIdentity(ProfileName, AccessKey, SecretKey, SessionToken, Credential);
        given.Check();
        Session.Defaults = given.Over(Session.Defaults) with
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
