using System;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Connections;
using AppRunner.Inputs;
using AppRunner.Model;

namespace AppRunner.Context;

/// <summary>
/// Sets defaults for the cmdlets of this runspace. Settings that are not given are unchanged; credentials replace the previous ones. With
/// credentials or an endpoint, the cmdlets no longer use a running local endpoint; after Clear-ARContext they use it again.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ARContext", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(ConnectionContext))]
public sealed class SetContextCommand : ContextCommand
{
    /// <summary>The default region, such as <c>eu-west-1</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The default profile of the shared AWS files.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [Alias("AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The default access key id; requires SecretKey.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccessKey { get; set; }

    /// <summary>The default secret access key. Never shown.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials. Never shown.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: a PSCredential, the output of STS, or an AWSCredentials of AWS.Tools.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CredentialTransformation]
    public AwsKeys? Credential { get; set; }

    /// <summary>An endpoint URL to use instead of the region's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EndpointUrl { get; set; }

    /// <summary>The maximum time for one request to App Runner, with its retries: a number of seconds or a time span. Default: 60 seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecondsTransformation]
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>Whether FIPS endpoints are used. Default: AWS_USE_FIPS_ENDPOINT, then the profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BooleanTextTransformation]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? UseFipsEndpoint { get; set; }

    /// <summary>Whether dual-stack endpoints are used. Default: AWS_USE_DUALSTACK_ENDPOINT, then the profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BooleanTextTransformation]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? UseDualStackEndpoint { get; set; }

    /// <summary>Settings: a hashtable or an object with the parameters of this cmdlet as members, such as the output of Get-ARContext. Parameters on the command line take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the new settings.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => Input.Adapt = record => InputValue.Unwrap(record) switch
    {
        ConnectionContext context => context.ToParameters(),

        // From a job or a file: it also has members of the job, and what Get-ARContext only shows.
        _ when record is PSObject other && other.TypeNames.Contains("Deserialized." + typeof(ConnectionContext).FullName) =>
            other.Properties.Where(member => Input.Takes(member.Name)).ToDictionary(member => member.Name, member => member.Value),
        _ => record,
    };

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var (name, value) in new[] { (nameof(Region), Region), (nameof(ProfileName), ProfileName), (nameof(AccessKey), AccessKey), (nameof(SecretKey), SecretKey), (nameof(SessionToken), SessionToken), (nameof(EndpointUrl), EndpointUrl) })
        {
            if (Input.IsGiven(name) && string.IsNullOrEmpty(value))
                throw new InvalidParameterException($"{name} cannot be empty.");
        }

        var given = new GivenIdentity(ProfileName, AccessKey, SecretKey, SessionToken, Credential);
        given.Check();
        if (Region is not null)
            Errors.WarnAboutUnknownRegions([Region]);
        Session.Defaults = given.ApplyTo(Session.Defaults) with
        {
            Region = Region ?? Session.Defaults.Region,
            EndpointUrl = EndpointUrl ?? Session.Defaults.EndpointUrl,
            UseFipsEndpoint = UseFipsEndpoint ?? Session.Defaults.UseFipsEndpoint,
            UseDualStackEndpoint = UseDualStackEndpoint ?? Session.Defaults.UseDualStackEndpoint,
            RequestTimeout = ConnectionSettings.CheckRequestTimeout(RequestTimeout) ?? Session.Defaults.RequestTimeout,
        };
        if (given.IsGiven || EndpointUrl is not null)
            Session.IgnoresLocalEndpoint = true;
        if (PassThru)
            WriteObject(Snapshot());
    }
}
