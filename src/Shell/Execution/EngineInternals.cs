using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace AppRunner.Shell.Execution;

/// <summary>
/// The few things that the engine lets only its own console host and cmdlets do. They are reached by name, here and
/// nowhere else; the engine's version is pinned, and tests cover each.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>Lets `exit` in the script file that runs next end the session, as it does under pwsh -File.</summary>
    public static void LetNextScriptExit(Runspace runspace)
    {
        var context = Require(typeof(Runspace).GetProperty("ExecutionContext", Instance), "ExecutionContext").GetValue(runspace)!;
        Require(context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Instance), "ScriptCommandProcessorShouldRethrowExit").SetValue(context, true);
    }

    /// <summary>Marks an object as written to the error stream, so that Out-Default shows it as an error.</summary>
    public static PSObject AsErrorOutput(ErrorRecord record)
    {
        var output = new PSObject(record);
        var stream = Require(typeof(PSObject).GetProperty("WriteStream", Instance), "WriteStream");
        stream.SetValue(output, Enum.Parse(stream.PropertyType, "Error"));
        return output;
    }

    /// <summary>Gives a formatting cmdlet the engine's implementation of its shape: Table, List, Wide or Complex.</summary>
    public static void UseFormatShape(FrontEndCommandBase cmdlet, string shape) =>
        SetImplementation(cmdlet, Create("InnerFormatShapeCommand", Enum.Parse(FormatType("FormatShape"), shape)));

    /// <summary>Lets an output cmdlet render its input into a writer, as Out-String does.</summary>
    public static void UseWriter(FrontEndCommandBase cmdlet, System.IO.TextWriter writer, int columns)
    {
        var implementation = Create("OutputManagerInner");
        var lines = Create("TextWriterLineOutput", writer, columns);
        Require(implementation.GetType().GetProperty("LineOutput", Instance), "LineOutput").SetValue(implementation, lines);
        SetImplementation(cmdlet, implementation);
    }

    /// <summary>Makes an error come from the script or function that wrote it, not from the cmdlet that it used.</summary>
    public static void AttributeToCaller(ErrorRecord record, InvocationInfo caller)
    {
        Require(typeof(ErrorRecord).GetMethod("SetInvocationInfo", Instance), "SetInvocationInfo").Invoke(record, [caller]);
        Require(typeof(ErrorRecord).GetProperty("PreserveInvocationInfoOnce", Instance), "PreserveInvocationInfoOnce").SetValue(record, true);
    }

    /// <summary>Ends the commands before this one in the pipeline: they have nothing more to do.</summary>
    /// <returns>What to throw.</returns>
    public static Exception StopUpstream(PSCmdlet cmdlet) =>
        (Exception)Activator.CreateInstance(Require(Engine.GetType("System.Management.Automation.StopUpstreamCommandsException"), "StopUpstreamCommandsException"), cmdlet)!;

    private static void SetImplementation(FrontEndCommandBase cmdlet, object implementation) =>
        Require(typeof(FrontEndCommandBase).GetField("implementation", Instance), "implementation").SetValue(cmdlet, implementation);

    private static object Create(string type, params object[] arguments) =>
        Activator.CreateInstance(FormatType(type), Instance, binder: null, arguments, culture: null)!;

    private static Type FormatType(string name) =>
        Require(Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format." + name), name);

    private static T Require<T>(T? member, string name)
        where T : MemberInfo =>
        member ?? throw new PlatformNotSupportedException($"This version of System.Management.Automation has no '{name}': the shell needs the version it was built with.");
}
