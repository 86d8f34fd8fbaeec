using System.Collections.Generic;
using System.Text;

namespace AppRunner.LocalEndpoint.Execution.Containers;

/// <summary>The words of a command that no shell reads.</summary>
internal static class CommandWords
{
    /// <summary>Splits at white space that is not in quotes. A backslash takes the meaning from what follows, but not in single quotes.</summary>
    public static List<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var begun = false;
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (c == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                word.Append(command[++i]);
                begun = true;
            }
            else if (quote == '\0' && c is '"' or '\'' || c == quote)
            {
                quote = quote == '\0' ? c : '\0';
                begun = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                End();
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (begun)
                words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
    }
}
