namespace AppRunner.Model;

/// <summary>Known values of an operation's type (API: OperationType).</summary>
public static class OperationType
{
    /// <summary>A deployment of the source's newest version.</summary>
    public const string StartDeployment = "START_DEPLOYMENT";

    /// <summary>CreateService.</summary>
    public const string CreateService = "CREATE_SERVICE";

    /// <summary>PauseService.</summary>
    public const string PauseService = "PAUSE_SERVICE";

    /// <summary>ResumeService.</summary>
    public const string ResumeService = "RESUME_SERVICE";

    /// <summary>DeleteService.</summary>
    public const string DeleteService = "DELETE_SERVICE";

    /// <summary>UpdateService.</summary>
    public const string UpdateService = "UPDATE_SERVICE";
}
