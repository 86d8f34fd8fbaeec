using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using AppRunner.Model;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>Calls ShouldProcess for every cmdlet, so that -WhatIf, -Confirm and $ConfirmPreference work the same everywhere.</summary>
internal static class Confirmation
{
    /// <summary>Calls ShouldProcess.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="target">The resource to change.</param>
    /// <param name="action">The action: a verb.</param>
    /// <param name="details">What would change, one line each, for -WhatIf and -Confirm; may be null.</param>
    /// <returns>False with -WhatIf, or if the user answers No.</returns>
    /// <exception cref="InvalidParameterException">The prompt cannot be shown.</exception>
    public static bool ShouldProcess(PSCmdlet cmdlet, string target, string action, IReadOnlyCollection<string>? details = null)
    {
        try
        {
            if (details is null || details.Count == 0)
                return cmdlet.ShouldProcess(target, action);
            var description = $"Performing the operation \"{action}\" on target \"{target}\".{string.Concat(details.Select(line => Environment.NewLine + "  " + line))}";
            return cmdlet.ShouldProcess(description, $"Are you sure you want to perform this action?{Environment.NewLine}{description}", "Confirm");
        }
        catch (Exception exception) when (CannotPrompt(exception))
        {
            throw new InvalidParameterException($"The confirmation prompt for \"{action}\" on \"{target}\" cannot be shown. Nothing was changed.", exception)
            {
                RecommendedAction = "Use -Confirm:$false to run the command without the prompt.",
            };
        }
    }

    /// <summary>What a change affects, for ShouldProcess and messages: the resource, its region and its account.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="part">The part of it that changes, such as <c>custom domain example.com of</c>; null for all of it.</param>
    /// <returns>Such as <c>service web in us-east-1, account 123456789012</c>.</returns>
    public static string TargetOf(ResolvedResource resource, string? part = null)
    {
        var arn = Arn.TryParse(resource.Arn, out var parsed) ? parsed : null;
        var kind = arn is null ? null : ResourceKind.Of(arn)?.DisplayName;
        return TargetOf(string.Join(" ", new[] { part, kind, resource.Name }.Where(word => word is not null)), resource.Connection, arn?.AccountId);
    }

    /// <summary>What a change affects, if it does not exist yet.</summary>
    /// <param name="subject">The kind and the name of the resource.</param>
    /// <param name="connection">The connection to its region.</param>
    /// <param name="account">The account; null for that of the connection.</param>
    /// <returns>Such as <c>service web in us-east-1, account 123456789012</c>. If the account is not known without a call, where the credentials come from.</returns>
    public static string TargetOf(string subject, IAppRunnerConnection connection, string? account = null)
    {
        var local = SessionContext.LocalEndpointOf(connection);
        account ??= local?.AccountId ?? connection.AccountId;
        return $"{subject} in {connection.Region}, {(account is null ? $"credentials: {connection.CredentialSource}" : $"account {account}")}{(local is null ? string.Empty : " (local endpoint)")}";
    }

    /// <summary>Writes a request to the verbose stream, with its secrets masked, and calls ShouldProcess.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="request">The request.</param>
    /// <param name="target">The target for ShouldProcess (<see cref="TargetOf(ResolvedResource, string?)"/>).</param>
    /// <param name="action">The action: a verb.</param>
    /// <param name="connection">The connection that it would be sent with.</param>
    /// <param name="details">What would change, one line each; may be null.</param>
    /// <returns>False with -WhatIf, or if the user answers No.</returns>
    public static bool ShouldSend(PSCmdlet cmdlet, AppRunnerRequest request, string target, string action, IAppRunnerConnection connection, IReadOnlyCollection<string>? details = null)
    {
        RequestDisplay.ShowRequest(cmdlet, request, connection);
        return ShouldProcess(cmdlet, target, action, details);
    }

    /// <summary>Whether the command runs with -WhatIf or $WhatIfPreference.</summary>
    public static bool IsWhatIf(PSCmdlet cmdlet) =>
        LanguagePrimitives.IsTrue(cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : cmdlet.GetVariableValue("WhatIfPreference"));

    // -NonInteractive, hosts without prompts, and consoles at the end of input each throw another exception.
    private static bool CannotPrompt(Exception exception) =>
        exception is PSInvalidOperationException or PSNotSupportedException or PSNotImplementedException or HostException || !ErrorReporter.IsFromEngine(exception);
}
