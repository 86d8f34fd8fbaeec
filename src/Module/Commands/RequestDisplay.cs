using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Commands;

/// <summary>
/// How secrets stay out of what a cmdlet shows of a request: environment variables, secrets and commands are masked. What is sensitive is
/// said once, by <see cref="Model.Rules.SensitiveAttribute"/> at the member. Of a row or a hashtable an error shows no more than the name
/// (<see cref="Resources.ResourceIdentity.Target"/>), and the views leave sensitive members out.
/// </summary>
internal static class RequestDisplay
{
    /// <summary>Writes a request as JSON for -Verbose, its secrets masked.</summary>
    /// <param name="cmdlet">The cmdlet that would send it.</param>
    /// <param name="request">The request.</param>
    /// <param name="connection">Where it would be sent.</param>
    public static void ShowRequest(PSCmdlet cmdlet, AppRunnerRequest request, IAppRunnerConnection connection)
    {
        if (IsVerbose(cmdlet))
            cmdlet.WriteVerbose($"{request.Operation} to {connection.Endpoint} as {connection.CredentialSource}:\n{SecretMasking.Write(request)}");
    }

    /// <summary>The TargetObject of errors about a definition of a service: what shows an error record in full (Get-Error) would show the definition's secrets.</summary>
    /// <param name="input">What the definition was made of.</param>
    /// <param name="serviceName">The name in it.</param>
    /// <returns>Typed objects of the Model as they are, of anything else the name.</returns>
    public static object? TargetOf(PSObject input, string? serviceName) =>
        input.BaseObject is Service or CreateServiceRequest ? input : (object?)serviceName; // As an object: PSObject converts from text, and fails with null.

    // Whether verbose output is enabled; skips expensive formatting otherwise.
    private static bool IsVerbose(PSCmdlet cmdlet) => cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose)
        ? ((SwitchParameter)verbose).IsPresent
        : cmdlet.GetVariableValue("VerbosePreference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
