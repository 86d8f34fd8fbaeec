namespace AppRunner.Model.Rules;

/// <summary>What one rule has to say about one value.</summary>
/// <param name="Message">A predicate about the value: "is not between 1 and 20". Never quotes the value.</param>
/// <param name="Severity">Whether it stops a request on the client.</param>
public readonly record struct RuleFinding(string Message, ProblemSeverity Severity = ProblemSeverity.Error);
