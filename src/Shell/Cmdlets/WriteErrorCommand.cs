using System;
using System.Management.Automation;
using AppRunner.Shell.Execution;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
internal sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ParameterSetName = "WithException")]
    public Exception? Exception { get; set; }

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    [Alias("Msg")]
    [AllowEmptyString]
    [AllowNull]
    public string? Message { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ErrorRecord")]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public ErrorCategory Category { get; set; }

    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public string ErrorId { get; set; } = "";

    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public object? TargetObject { get; set; }

    [Parameter]
    public string RecommendedAction { get; set; } = "";

    protected override void ProcessRecord()
    {
        var record = ErrorRecord is null ? NewRecord() : new ErrorRecord(ErrorRecord, ErrorRecord.Exception);
        if (RecommendedAction.Length > 0)
        {
            record.ErrorDetails ??= new ErrorDetails(record.Exception.Message);
            record.ErrorDetails.RecommendedAction = RecommendedAction;
        }

        if (GetVariableValue("MyInvocation") is InvocationInfo caller)
        {
            EngineInternals.AttributeToCaller(record, caller);
            record.CategoryInfo.Activity = "Write-Error";
        }

        WriteError(record);
    }

    private ErrorRecord NewRecord()
    {
        var exception = Exception ?? new WriteErrorException(Message ?? "");
        var id = ErrorId.Length > 0 ? ErrorId : Exception?.GetType().FullName ?? WriteErrorException.Id;
        var record = new ErrorRecord(exception, id, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
            record.ErrorDetails = new ErrorDetails(Message);
        return record;
    }
}
