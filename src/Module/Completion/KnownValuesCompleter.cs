using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AppRunner.Completion;

/// <summary>Completes values that are known without asking anybody.</summary>
internal abstract class KnownValuesCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // The word comes with the quotes that somebody may have typed.
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Values(fakeBoundParameters)
            .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value));
    }

    /// <summary>The values.</summary>
    /// <param name="boundParameters">What is already on the command line.</param>
    /// <returns>All values, in the order to offer them.</returns>
    private protected abstract IEnumerable<string> Values(IDictionary boundParameters);

    private static string Quoted(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? value : "'" + value.Replace("'", "''") + "'";
}
