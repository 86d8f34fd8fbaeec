using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using AppRunner.Completion;
using AppRunner.Connections;
using AppRunner.Model;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>
/// The base of cmdlets that call App Runner: where to send and as whom, and Ctrl+C. What it takes to send is not inherited, but
/// objects that it has.
/// </summary>
/// <typeparam name="TRegion">A text for cmdlets that work in one region at a time, texts for those that read several.</typeparam>
public abstract class RemoteCommand<TRegion> : PSCmdlet, IDisposable
    where TRegion : class
{
    // Not disposed, only cancelled: tasks that are ending still hold the token.
    private readonly CancellationTokenSource stop = new();

    /// <summary>The region, such as <c>eu-west-1</c>; what reads takes several and reads them at once. The region of an ARN wins. Default: Set-ARContext, then AWS_REGION, AWS_DEFAULT_REGION, the profile, the instance.</summary>
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

    /// <summary>The access key id of a pair of keys; with SecretKey.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key of a pair of keys. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>Keys as an object: a PSCredential (user name = access key id, password = secret key), what STS answers, or an AWSCredentials of AWS.Tools.</summary>
    [Parameter]
    [CredentialTransformation]
    public AwsKeys? Credential { get; set; }

    /// <summary>An address to use in place of the region's, such as <c>http://127.0.0.1:8990</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>Ends with Ctrl+C.</summary>
    private protected CancellationToken Stopped => stop.Token;

    /// <summary>What the runspace remembers.</summary>
    private protected SessionContext Session { get; private set; } = null!;

    /// <summary>Makes error records of exceptions.</summary>
    private protected ErrorReporter Errors { get; private set; } = null!;

    /// <summary>Runs calls beside the pipeline.</summary>
    private protected BackgroundWork Work { get; private set; } = null!;

    /// <summary>Tells what Ctrl+C leaves open.</summary>
    private protected InterruptedWorkNotice Interrupted { get; private set; } = null!;

    /// <summary>The connections to the regions.</summary>
    private protected ClientConnections Connections { get; private set; } = null!;

    /// <summary>Finds resources by name.</summary>
    private protected ResourceResolver Resolver { get; private set; } = null!;

    /// <summary>Sends requests that take effect at once.</summary>
    private protected RequestSender Requests { get; private set; } = null!;

    /// <summary>How many pieces of work run at once.</summary>
    private protected virtual int Width => 1;

    /// <summary>The ids of errors after which no further record could succeed.</summary>
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
        Work = new BackgroundWork(Errors, Width, Stopped);
        Interrupted = new InterruptedWorkNotice(this, Stopped);
        var identity = new GivenIdentity(ProfileName, AccessKey, SecretKey, SessionToken, Credential);
        Connections = new ClientConnections(new RegionAndIdentityChoice(Session, identity, EndpointUrl, new AwsToolsVariables(SessionState.PSVariable)), Session, Stopped);
        Resolver = new ResourceResolver(Connections.ConnectAsync, Stopped);
        Requests = new RequestSender(this, Errors, Work, Interrupted, Stopped);
        Errors.Guard(Begin, forAll: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Errors.Target = null;
        Errors.Guard(Process);
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
        Interrupted?.Tell();
    }

    /// <summary>Stops what still runs: the pipeline may end before this command has (Select-Object -First).</summary>
    /// <param name="disposing">True from Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        stop.Cancel();
        Work?.Dispose();
        Interrupted?.Tell();
    }

    /// <summary>Before the first record.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>For each record.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>After the last record.</summary>
    private protected virtual void End() => Work.Finish();

    /// <summary>Works on one resource after the other; an error with one of them does not keep the others from their turn.</summary>
    /// <param name="identities">What the caller gave.</param>
    /// <param name="kind">What names mean.</param>
    /// <param name="region">The region that was asked for; the region of an ARN wins.</param>
    /// <param name="work">Gets each resource, and what its errors are about.</param>
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

    /// <summary>Writes a resource and remembers its name.</summary>
    /// <param name="resource">The resource.</param>
    private protected void WriteResource(IResource resource)
    {
        Session.Remember(resource);
        WriteObject(resource);
    }
}
