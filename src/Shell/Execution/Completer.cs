using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AppRunner.Shell.Execution;

/// <summary>Tab: the engine's completion, and file names, for which the engine needs cmdlets that it lacks here.</summary>
internal sealed class Completer(Runspace runspace)
{
    public CommandCompletion? Complete(string text, int cursor)
    {
        try
        {
            using var engine = PowerShell.Create(runspace);
            var found = CommandCompletion.CompleteInput(text, cursor, options: null, engine);
            return found.CompletionMatches.Count > 0 ? found : CompletePath(text, cursor);
        }
        catch (RuntimeException)
        {
            // A completer that fails must not take the line being typed with it.
            return null;
        }
    }

    private CommandCompletion? CompletePath(string text, int cursor)
    {
        var start = text.LastIndexOfAny([' ', '\'', '"', '\n', '(', ';', '|', '&', '='], Math.Max(0, cursor - 1)) + 1;
        if (cursor == 0 || start > cursor)
            return null;
        var typed = text[start..cursor];
        var slash = typed.LastIndexOfAny(['/', Path.DirectorySeparatorChar]);
        var folder = typed[..(slash + 1)];
        var name = typed[(slash + 1)..];
        var location = runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var full = folder.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, folder[2..]) : Path.Combine(location, folder);
        if (!Directory.Exists(full))
            return null;
        try
        {
            var matches = Directory.EnumerateFileSystemEntries(full)
                .Where(entry => Path.GetFileName(entry).StartsWith(name, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
                .Order(StringComparer.OrdinalIgnoreCase)
                .Select(entry => Match(folder, entry))
                .ToList();
            return matches.Count == 0 ? null : new CommandCompletion(new Collection<CompletionResult>(matches), -1, start, cursor - start);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static CompletionResult Match(string folder, string entry)
    {
        var name = Path.GetFileName(entry);
        // As pwsh does: a bare file name gets ./ in front, so that a script can be run; blanks get quotes.
        var path = folder.Length == 0 ? "." + Path.DirectorySeparatorChar + name : folder + name;
        if (path.Contains(' ', StringComparison.Ordinal))
            path = $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
        return new CompletionResult(path, name, Directory.Exists(entry) ? CompletionResultType.ProviderContainer : CompletionResultType.ProviderItem, entry);
    }
}
