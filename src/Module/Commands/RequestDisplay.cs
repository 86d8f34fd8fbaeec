using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Commands;

/// <summary>
/// Masks secrets in what a cmdlet shows of a request: environment variables, secrets and commands. <see cref="Model.Rules.SensitiveAttribute"/>
/// marks a member as sensitive. The TargetObject of an error about a row or a hashtable is only its name
/// (<see cref="Resources.ResourceIdentity.Target"/>), and the views do not show sensitive members.
/// </summary>
internal static class RequestDisplay
{
    /// <summary>Writes a request as JSON to the verbose stream, with its secrets masked.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="request">The request.</param>
    /// <param name="connection">The connection that it would be sent with.</param>
    public static void ShowRequest(PSCmdlet cmdlet, AppRunnerRequest request, IAppRunnerConnection connection)
    {
        if (IsEnabled(cmdlet, "Verbose"))
            cmdlet.WriteVerbose($"{request.Operation} to {connection.EndpointOf(request)} as {connection.CredentialSource}:\n{SecretMasking.Write(request)}");
    }

    /// <summary>Writes a verbose message if it is shown. With -Debug and without -Verbose the engine would ask at each of them, and fail without a user.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="message">The message.</param>
    public static void Verbose(PSCmdlet cmdlet, string message)
    {
        if (IsEnabled(cmdlet, "Verbose"))
            cmdlet.WriteVerbose(message);
    }

    /// <summary>The TargetObject of errors about a service definition. Get-Error shows the whole TargetObject, so it must not contain the definition's secrets.</summary>
    /// <param name="input">The input of the definition.</param>
    /// <param name="serviceName">The service name in it.</param>
    /// <returns>The input if it is an object of the Model, which masks its secrets; else the name.</returns>
    public static object? TargetOf(PSObject input, string? serviceName) =>
        input.BaseObject is ServiceSummary or CreateServiceRequest ? input : (object?)serviceName; // The cast prevents the conversion of a string to PSObject, which fails with null.

    /// <summary>Whether an output stream is shown; skips expensive formatting otherwise.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="stream">Verbose or Debug.</param>
    /// <returns>False if the stream is not shown.</returns>
    public static bool IsEnabled(PSCmdlet cmdlet, string stream) => cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out var given)
        ? ((SwitchParameter)given).IsPresent
        : cmdlet.GetVariableValue(stream + "Preference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
