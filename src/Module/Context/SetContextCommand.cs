using System;
using System.Collections;
using System.Collections.Generic;
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
    private static readonly string[] Identity = [nameof(ProfileName), nameof(AccessKey), nameof(SecretKey), nameof(SessionToken), nameof(Credential)];

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
        ConnectionContext context => WithoutReplaced(context.ToParameters().ToDictionary(member => member.Key, member => member.Value)),
        _ when record is PSObject saved && saved.TypeNames.Contains("Deserialized." + typeof(ConnectionContext).FullName) => FromFileOrJob(saved),
        _ => record,
    };

    // What the context shows may come from elsewhere, such as the name of a default profile that was not used.
    private Dictionary<string, object?> FromFileOrJob(PSObject saved)
    {
        if (InputValue.Unwrap(saved.Properties[nameof(ConnectionContext.Defaults)]?.Value) is not IDictionary defaults)
            throw new InvalidParameterException($"The saved context has no {nameof(ConnectionContext.Defaults)}, so it does not tell what Set-ARContext had set. Save the output of Get-ARContext again.");
        var members = WithoutReplaced(defaults.Cast<DictionaryEntry>().ToDictionary(member => (string)InputValue.Unwrap(member.Key)!, member => InputValue.Unwrap(member.Value)));
        var missing = Identity.Where(name => members.TryGetValue(name, out var value) && value is null && !Input.IsOnCommandLine(name)).Select(name => "-" + name).ToArray();
        return missing.Length == 0 ? members
            : throw new InvalidParameterException($"The context had credentials of Set-ARContext, and a file or a job keeps no secret. Give {string.Join(" and ", missing)} too, or other credentials.");
    }

    // Credentials on the command line replace those of the context, also those of another kind.
    private Dictionary<string, object?> WithoutReplaced(Dictionary<string, object?> members)
    {
        if (Input.IsOnCommandLine(nameof(ProfileName)) || Input.IsOnCommandLine(nameof(AccessKey)) || Input.IsOnCommandLine(nameof(Credential)))
        {
            foreach (var name in Identity)
                members.Remove(name);
        }

        return members;
    }

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
