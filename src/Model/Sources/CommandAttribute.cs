using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>
/// A command on one line: not empty, no line feed, no carriage return (the API's pattern of BuildCommand and StartCommand). Also a warning about
/// shell syntax in a command that App Runner starts without a shell. Its messages never quote the command, which is sensitive.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CommandAttribute : RuleAttribute
{
    /// <summary>Whether App Runner runs the command in a shell. Default: true.</summary>
    public bool HasShell { get; set; } = true;

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is not string command)
            yield break;
        if (command.Length == 0)
            yield return new RuleViolation("must not be empty");
        else if (command.IndexOfAny(['\r', '\n']) >= 0)
            yield return new RuleViolation("must be on one line; put several commands into a script");
        else if (!HasShell && ShellSyntax.In(command) is { } syntax)
            yield return new RuleViolation($"{syntax}, but App Runner starts the command without a shell. Use sh -c '…', with the whole command in quotes", ProblemSeverity.Warning);
    }
}

/// <summary>Finds what only a shell understands in a command line.</summary>
internal static class ShellSyntax
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "zsh", "ksh"];
    private static readonly string[] Builtins = ["cd", "export", "source", ".", "set", "unset", "eval", "alias", "ulimit", "umask", "if", "for", "while", "until", "case", "(", "{"];
    private static readonly string[] Operators = ["&&", "||", "|", ";", ">", "<"];

    /// <summary>The first syntax that needs a shell, as a predicate of the command, such as "uses '|'"; null if there is none.</summary>
    /// <param name="command">The command, on one line.</param>
    /// <returns>A text that quotes nothing but an operator or the name of a shell's command.</returns>
    public static string? In(string command)
    {
        var shell = Regex.Match(command, "(?:^|[\\s/])(?:" + string.Join("|", Shells) + ")(?:\\s+-[A-Za-z-]+)*?\\s+-[A-Za-z]*c\\s+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
        if (Unquoted(command, expandsVariables: !shell.Success) is { } found)
            return $"uses '{found}'";
        if (shell.Success)
        {
            // A shell takes one argument after -c; the words after it are the positional parameters of that argument.
            var script = command.Substring(shell.Index + shell.Length).TrimEnd();
            return script.Length > 0 && script[0] is not ('\'' or '"') && script.Any(char.IsWhiteSpace) ? "gives a shell only the first word after -c" : null;
        }

        var arguments = command.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (arguments.Length == 0)
            return null;
        if (Builtins.Contains(arguments[0], StringComparer.Ordinal))
            return $"begins with the shell's '{arguments[0]}'";
        return arguments.Length > 1 && Regex.IsMatch(arguments[0], "\\A[A-Za-z_][A-Za-z0-9_]*=", RegexOptions.CultureInvariant) ? "begins with an assignment" : null;
    }

    // The first operator outside of quotes, or the first expansion outside of single quotes.
    private static string? Unquoted(string command, bool expandsVariables)
    {
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            var rest = command.Substring(i, Math.Min(2, command.Length - i));
            if (c == '\\' && quote != '\'')
                i++;
            else if (quote == '\0' && c is '\'' or '"')
                quote = c;
            else if (c == quote)
                quote = '\0';
            else if (quote != '\'' && expandsVariables && (c == '`' || (rest.Length == 2 && c == '$' && (char.IsLetter(rest[1]) || rest[1] is '_' or '{' or '('))))
                return c.ToString();
            else if (quote == '\0' && Array.Find(Operators, rest.StartsWith) is { } found)
                return found;
            else if (quote == '\0' && c == '&' && (i + 1 == command.Length || char.IsWhiteSpace(rest[1])) && i > 0 && char.IsWhiteSpace(command[i - 1]))
                return "&";
        }

        return null;
    }
}

/// <summary>Splits a command into arguments as App Runner does, which starts it without a shell.</summary>
internal static class CommandSplitter
{
    /// <summary>Splits at white space outside quotes. A backslash escapes the next character, except in single quotes.</summary>
    /// <param name="command">The command.</param>
    /// <param name="openQuote">The quote that is not closed; null if all are.</param>
    /// <returns>The program and its arguments.</returns>
    public static List<string> Split(string command, out char? openQuote)
    {
        var arguments = new List<string>();
        var argument = new StringBuilder();
        var begun = false;
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (c == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                argument.Append(command[++i]);
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
                argument.Append(c);
                begun = true;
            }
        }

        End();
        openQuote = quote == '\0' ? null : quote;
        return arguments;

        void End()
        {
            if (begun)
                arguments.Add(argument.ToString());
            argument.Clear();
            begun = false;
        }
    }
}
