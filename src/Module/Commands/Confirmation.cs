using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using AppRunner.Model;

namespace AppRunner.Commands;

/// <summary>Asks whether something may be changed, as -WhatIf, -Confirm and $ConfirmPreference want it.</summary>
internal static class Confirmation
{
    /// <summary>Asks whether something may be changed.</summary>
    /// <param name="cmdlet">The cmdlet that would change it.</param>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it: a verb.</param>
    /// <returns>False with -WhatIf, or where the user says no.</returns>
    /// <exception cref="InvalidParameterException">The question cannot be answered here.</exception>
    public static bool MayChange(PSCmdlet cmdlet, string target, string action)
    {
        try
        {
            return cmdlet.ShouldProcess(target, action);
        }
        catch (Exception unanswered) when (IsUnanswered(unanswered))
        {
            throw new InvalidParameterException($"The question \"{action} {target}?\" cannot be answered here; nothing was changed.", unanswered)
            {
                RecommendedAction = "Give -Confirm:$false to go on without the question.",
            };
        }
    }

    /// <summary>Shows a request that changes something with -Verbose, its secrets masked, and asks whether it may be sent.</summary>
    /// <param name="cmdlet">The cmdlet that would send it.</param>
    /// <param name="request">The request.</param>
    /// <param name="caption">What it is done to.</param>
    /// <param name="action">What is done: a verb.</param>
    /// <param name="connection">Where it would be sent.</param>
    /// <returns>False with -WhatIf, or where the user says no.</returns>
    public static bool MaySend(PSCmdlet cmdlet, AppRunnerRequest request, string caption, string action, IAppRunnerConnection connection)
    {
        RequestDisplay.ShowRequest(cmdlet, request, connection);
        return MayChange(cmdlet, caption, action);
    }

    // -NonInteractive, hosts that cannot ask, and consoles whose input has ended fail each in a way of their own.
    private static bool IsUnanswered(Exception exception) =>
        exception is PSInvalidOperationException or PSNotSupportedException or PSNotImplementedException or HostException || !ErrorReporter.IsFromEngine(exception);
}
