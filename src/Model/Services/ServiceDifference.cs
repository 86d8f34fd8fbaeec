namespace AppRunner.Model;

/// <summary>One difference between a definition (or a request) and a service.</summary>
public sealed class ServiceDifference
{
    /// <summary>Creates a difference.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="path">The path of the member; empty for the whole service.</param>
    /// <param name="kind">One of <see cref="DifferenceKind"/>.</param>
    /// <param name="desired">The value in the definition; masked if it is sensitive.</param>
    /// <param name="actual">The value of the service; masked if it is sensitive.</param>
    /// <param name="effect">One of <see cref="DifferenceEffect"/>.</param>
    internal ServiceDifference(string? serviceName, string path, string kind, object? desired, object? actual, string effect)
    {
        ServiceName = serviceName;
        Path = path;
        Kind = kind;
        Desired = desired;
        Actual = actual;
        Effect = effect;
    }

    /// <summary>The service's name.</summary>
    public string? ServiceName { get; }

    /// <summary>The path of the member, such as <c>InstanceConfiguration.Cpu</c> or <c>Tags.env</c>; empty if there is no such service.</summary>
    public string Path { get; }

    /// <summary>Added (only the definition has it), Removed (only the service has it) or Changed.</summary>
    public string Kind { get; }

    /// <summary>The value in the definition, also where it is the API's default; null if Kind is Removed. <c>*****</c> if the member is sensitive.</summary>
    public object? Desired { get; }

    /// <summary>The value of the service; null if Kind is Added. <c>*****</c> or <c>***** (differs)</c> if the member is sensitive.</summary>
    public object? Actual { get; }

    /// <summary>What it takes to apply it: InPlace (UpdateService), Tags (TagResource, UntagResource), Replacement (a new service) or Create.</summary>
    public string Effect { get; }

    /// <summary>Path, old and new value.</summary>
    /// <returns>Such as <c>InstanceConfiguration.Cpu: 512 -> 1024</c>.</returns>
    public override string ToString() => Path.Length == 0 ? $"{ServiceName}: {Kind}" : $"{Path}: {Format(Actual)} -> {Format(Desired)}";

    private static string Format(object? value) => value switch
    {
        null => "(none)",
        "" => "''",
        string[] list => string.Join(", ", list),
        _ => value.ToString()!,
    };
}

/// <summary>The kinds of a <see cref="ServiceDifference"/>.</summary>
public static class DifferenceKind
{
    /// <summary>Only the definition has the member.</summary>
    public const string Added = "Added";

    /// <summary>Only the service has the member.</summary>
    public const string Removed = "Removed";

    /// <summary>Both have the member, with different values.</summary>
    public const string Changed = "Changed";
}

/// <summary>What it takes to apply a <see cref="ServiceDifference"/>.</summary>
public static class DifferenceEffect
{
    /// <summary>UpdateService changes it; the service keeps its ARN and URL.</summary>
    public const string InPlace = "InPlace";

    /// <summary>TagResource or UntagResource changes it; nothing is deployed.</summary>
    public const string Tags = "Tags";

    /// <summary>No update can change it: the service must be deleted and created again.</summary>
    public const string Replacement = "Replacement";

    /// <summary>There is no such service: CreateService creates it.</summary>
    public const string Create = "Create";
}
