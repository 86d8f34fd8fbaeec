using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Creates an auto scaling configuration, or the next revision if the name exists (API: CreateAutoScalingConfiguration).</summary>
public sealed class CreateAutoScalingConfigurationRequest : AppRunnerRequest<CreateAutoScalingConfigurationResponse>, ICrossFieldRules
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "CreateAutoScalingConfiguration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The name, 4 to 32 letters, digits, - or _. Required.</summary>
    [Required, Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,31}", "4 to 32 letters, digits, - or _, beginning with a letter or digit")]
    public string? AutoScalingConfigurationName { get; set; }

    /// <summary>Requests that one instance handles at once, 1 to 200. Default: 100.</summary>
    [Range(1, 200), Default(100)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Instances that are always provisioned, 1 to 25. Default: 1.</summary>
    [Range(1, 25), Default(1)]
    public int? MinSize { get; set; }

    /// <summary>Instances that run at most, at least MinSize. Default: 25.</summary>
    [Range(1, int.MaxValue), Default(25)]
    public int? MaxSize { get; set; }

    /// <summary>Tags, at most 50.</summary>
    [Tags]
    public List<Tag>? Tags { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        var minimum = MinSize ?? Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MinSize));
        var maximum = MaxSize ?? Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MaxSize));
        if (maximum < minimum)
            yield return MaxSize is null ? new Problem(nameof(MinSize), $"'{minimum}' is greater than MaxSize, which is {maximum} by default.") : new Problem(nameof(MaxSize), $"'{maximum}' is less than MinSize, which is {minimum}.");
    }
}

/// <summary>The response of CreateAutoScalingConfiguration.</summary>
public sealed class CreateAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new revision.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
