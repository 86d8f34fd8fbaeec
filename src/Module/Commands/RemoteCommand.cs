using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using AppRunner.Binding;
using AppRunner.Completion;
using AppRunner.Connections;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>
/// The base of cmdlets that call App Runner: the connection parameters and Ctrl+C. The objects that do the work are properties, not
/// base classes.
/// </summary>
/// <typeparam name="TRegion">string for cmdlets that work in one region, string[] for cmdlets that read several.</typeparam>
public abstract class RemoteCommand<TRegion> : PSCmdlet, IDisposable
    where TRegion : class
{
    // Cancelled but not disposed: tasks that are ending still use the token.
    private readonly CancellationTokenSource stop = new();

    /// <summary>Creates the command: before the engine binds its parameters.</summary>
    protected RemoteCommand() => FirstCall.Prepare();

    /// <summary>The region, such as <c>eu-west-1</c>; Get cmdlets accept several and read them concurrently. The region of an ARN takes precedence. Default: Set-ARContext, then AWS_REGION, AWS_DEFAULT_REGION, the profile, the instance.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public TRegion? Region { get; set; }

    /// <summary>A profile of the shared AWS configuration and credentials files. It is used, or the call fails; there is no fallback to other credentials.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The access key id; requires SecretKey.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: a PSCredential (user name = access key id, password = secret key), the output of STS, or an AWSCredentials of AWS.Tools.</summary>
    [Parameter]
    [CredentialTransformation]
    public AwsKeys? Credential { get; set; }

    /// <summary>An endpoint URL to use instead of the region's, such as <c>http://127.0.0.1:8990</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>The maximum time for one request to App Runner, with its retries: a number of seconds or a time span. Default: Set-ARContext, then 60 seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stopped => stop.Token;

    /// <summary>The state of this runspace.</summary>
    private protected SessionContext Session { get; private set; } = null!;

    /// <summary>Turns exceptions into error records.</summary>
    private protected ErrorReporter Errors { get; private set; } = null!;

    /// <summary>Reads the objects of the pipeline.</summary>
    private protected PipelineInput Input { get; private set; } = null!;

    /// <summary>Runs calls in the background.</summary>
    private protected BackgroundWork Work { get; private set; } = null!;

    /// <summary>Warns after Ctrl+C about work that continues on App Runner.</summary>
    private protected InterruptedWorkNotice Interrupted { get; private set; } = null!;

    /// <summary>The connections, one for each region.</summary>
    private protected ClientConnections Connections { get; private set; } = null!;

    /// <summary>Finds resources by name.</summary>
    private protected ResourceResolver Resolver { get; private set; } = null!;

    /// <summary>Sends requests that take effect immediately, without an operation.</summary>
    private protected RequestSender Requests { get; private set; } = null!;

    /// <summary>How many calls run at once.</summary>
    private protected virtual int ConcurrencyLimit => 1;

    /// <summary>The ids of errors that end the command, because no other record could succeed.</summary>
    private protected virtual string[] TerminatingErrors => [ErrorIds.NoCredential];

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Session = SessionContext.Current;
        Session.WriteWarnings(this);
        Errors = new ErrorReporter(this, TerminatingErrors);
        Input = new PipelineInput(this, Errors);
        Work = new BackgroundWork(Errors, ConcurrencyLimit, Stopped);
        Interrupted = new InterruptedWorkNotice(this, Stopped);
        var identity = new GivenIdentity(ProfileName, AccessKey, SecretKey, SessionToken, Credential);
        Connections = new ClientConnections(new RegionAndIdentityChoice(Session, identity, EndpointUrl, RequestTimeout, new AwsToolsVariables(SessionState.PSVariable)), Session, Trace(), Stopped);
        Resolver = new ResourceResolver(Connections.ConnectAsync, Stopped);
        Requests = new RequestSender(this, Errors, Work, Interrupted, Stopped);
        Errors.WarnAboutUnknownRegions(Region as IEnumerable<string> ?? (Region is string one ? [one] : []));
        Errors.Guard(Begin, isTerminating: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var record in Input.Records())
        {
            Errors.Target = null;
            if (Errors.Guard(() => Input.Bind(record)))
                Errors.Guard(Process);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Errors.Guard(End);
        Session.WriteWarnings(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        stop.Cancel();
        Interrupted?.WriteWarnings();
    }

    /// <summary>Cancels running work: the pipeline may end before this command does (Select-Object -First).</summary>
    /// <param name="disposing">True from Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        stop.Cancel();
        Work?.Dispose();
        Interrupted?.WriteWarnings();
    }

    /// <summary>Called once, before the first record.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Called for each record, after its members have set parameters.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Called once, after the last record.</summary>
    private protected virtual void End() => Work.Finish();

    /// <summary>Processes resources one by one; an error of one does not stop the others.</summary>
    /// <param name="identities">The given identities.</param>
    /// <param name="kind">The kind of resource that a name means.</param>
    /// <param name="region">The value of -Region; the region of an ARN takes precedence.</param>
    /// <param name="work">Called with each resource.</param>
    private protected void ForEach(IEnumerable<ResourceIdentity> identities, ResourceKind kind, string? region, Action<ResolvedResource> work)
    {
        foreach (var identity in identities)
        {
            Errors.Target = identity.Target;
            Errors.Guard(() =>
            {
                var resource = Work.Await(() => Resolver.ResolveAsync(identity, kind, region));
                Errors.Target = identity.TargetAt(resource.Arn);
                work(resource);
            });
        }
    }

    private Action<string>? Trace() => RequestDisplay.IsEnabled(this, "Debug") ? text => _ = Work.PostAsync(() => WriteDebug(text)) : null;

    /// <summary>Writes a resource, and keeps its name for completion.</summary>
    /// <param name="resource">The resource.</param>
    private protected void WriteResource(IResource resource)
    {
        Session.Seen.Remember(resource);
        WriteObject(resource);
    }
}
