using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>
/// The shared config and credentials files, read for each connection. The SDK's reader caches the paths for the process, uses the files in
/// the home folder if a configured file is missing (another identity), and ignores files that it cannot read.
/// </summary>
internal sealed class ProfileFiles
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly Dictionary<string, Dictionary<string, string>> profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> ssoSessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> services = new(StringComparer.Ordinal);

    private ProfileFiles(string configPath, string credentialsPath)
    {
        ConfigPath = configPath;
        CredentialsPath = credentialsPath;
    }

    public string ConfigPath { get; }

    public string CredentialsPath { get; }

    public IEnumerable<string> Names => profiles.Keys;

    /// <summary>The paths of the config and the credentials file, which need not exist.</summary>
    /// <returns>The paths, in this order.</returns>
    public static string[] Paths() => [Locate("AWS_CONFIG_FILE", "config"), Locate("AWS_SHARED_CREDENTIALS_FILE", "credentials")];

    /// <summary>Reads both files; a missing one counts as empty.</summary>
    /// <returns>Their contents.</returns>
    /// <exception cref="NoCredentialException">A file cannot be read or is malformed.</exception>
    public static ProfileFiles Read()
    {
        var paths = Paths();
        var files = new ProfileFiles(paths[0], paths[1]);

        // The credentials file overrides the config file.
        files.ReadFile(files.ConfigPath, isConfig: true);
        files.ReadFile(files.CredentialsPath, isConfig: false);
        return files;
    }

    public Profile? Find(string name) => profiles.TryGetValue(name, out var values) ? new Profile(name, values) : null;

    /// <summary>A setting of an sso-session section.</summary>
    /// <param name="session">The section's name.</param>
    /// <param name="key">The setting's name.</param>
    /// <returns>The value, null if the section or the setting is absent.</returns>
    public string? SsoSetting(string session, string key) =>
        ssoSessions.TryGetValue(session, out var values) && values.TryGetValue(key, out var value) ? EnvironmentText.OrNull(value) : null;

    /// <summary>The endpoint_url of a service in a services section.</summary>
    /// <param name="section">The section's name.</param>
    /// <param name="service">The service's key.</param>
    /// <returns>The URL; null if there is none.</returns>
    public string? ServiceEndpoint(string section, string service) =>
        services.TryGetValue(section, out var values) && values.TryGetValue(service + ".endpoint_url", out var value) ? EnvironmentText.OrNull(value) : null;

    /// <summary>Replaces a leading ~ by the home folder.</summary>
    /// <param name="path">A path of a variable or file.</param>
    /// <returns>The path.</returns>
    public static string ExpandHome(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal) ? Path.Combine(Home(), path.Substring(2)) : path;

    private static string Home() => EnvironmentText.Variable("HOME") ?? EnvironmentText.Variable("USERPROFILE") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string Locate(string variable, string fileName) =>
        EnvironmentText.Variable(variable) is { } path ? ExpandHome(path) : Path.Combine(Home(), ".aws", fileName);

    private void ReadFile(string path, bool isConfig)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new NoCredentialException($"The file {path} cannot be read: {FailureText.Sentence(exception.Message)}", exception);
        }

        Dictionary<string, string>? section = null;
        var parent = string.Empty;
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1];
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
                continue;
            if (text[0] == '[')
            {
                section = Open(text, isConfig) ?? throw Malformed(path, number, "is not a section name in brackets");
                parent = string.Empty;
                continue;
            }

            var equals = text.IndexOf('=');
            var indented = line[0] is ' ' or '\t';
            if (equals <= 0 && indented && parent.Length > 0)
                continue;
            if (equals <= 0)
                throw Malformed(path, number, "is neither a section nor name = value");
            if (section is null)
                throw Malformed(path, number, "comes before the first section");
            var key = text.Substring(0, equals).Trim().ToLowerInvariant();
            var value = WithoutComment(text.Substring(equals + 1));
            if (indented && parent.Length > 0)
            {
                section[parent + "." + key] = value;
            }
            else
            {
                section[key] = value;

                // A setting without a value is followed by indented nested settings.
                parent = value.Length == 0 ? key : string.Empty;
            }
        }
    }

    private Dictionary<string, string>? Open(string text, bool isConfig)
    {
        var end = text.IndexOf(']');
        if (end < 0)
            return null;
        var parts = text.Substring(1, end - 1).Trim().Split(Blanks, 2, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            return null;
        var name = parts.Length == 2 ? parts[1].Trim().Trim('"', '\'') : string.Empty;
        return (parts[0], parts.Length) switch
        {
            ("profile", 2) => Section(profiles, name),
            ("sso-session", 2) => Section(ssoSessions, name),
            ("services", 2) => Section(services, name),
            ("default", 1) => Section(profiles, "default"),

            // Profiles in the config file have the prefix "profile"; other sections belong to other tools.
            _ when isConfig => [],
            _ => Section(profiles, text.Substring(1, end - 1).Trim()),
        };
    }

    private static Dictionary<string, string> Section(Dictionary<string, Dictionary<string, string>> sections, string name)
    {
        if (!sections.TryGetValue(name, out var section))
            sections[name] = section = new Dictionary<string, string>(StringComparer.Ordinal);
        return section;
    }

    private static string WithoutComment(string value)
    {
        for (var at = 1; at < value.Length; at++)
        {
            if (value[at] is '#' or ';' && value[at - 1] is ' ' or '\t')
                return value.Substring(0, at).Trim();
        }

        return value.Trim();
    }

    // The line may contain a key, so the message has only its number.
    private static NoCredentialException Malformed(string path, int number, string what) => new($"The file {path} is malformed: line {number} {what}.");
}

/// <summary>One profile, merged from both shared files.</summary>
internal sealed class Profile(string name, IReadOnlyDictionary<string, string> values)
{
    public string Name { get; } = name;

    /// <summary>A setting, or null if it is absent or empty.</summary>
    public string? this[string key] => values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    /// <summary>A setting that is true or false.</summary>
    /// <param name="key">The setting's name.</param>
    /// <returns>Its value, null if it is absent.</returns>
    /// <exception cref="Model.InvalidParameterException">It is not true or false.</exception>
    public bool? Flag(string key) => EnvironmentText.Flag(this[key], $"{key} of profile \"{Name}\"");
}

/// <summary>The profile of a connection, read on first use.</summary>
internal sealed class ProfileLookup
{
    private readonly Lazy<ProfileFiles> files = new(ProfileFiles.Read);

    public ProfileLookup(ConnectionSettings settings, WindowsProfileStore windowsStore)
    {
        WindowsStore = windowsStore;
        Given = EnvironmentText.OrNull(settings.ProfileName);
        Named = Given ?? EnvironmentText.Variable("AWS_PROFILE");
        Name = Named ?? "default";
    }

    /// <summary>The profile that the caller named; null if none.</summary>
    public string? Given { get; }

    /// <summary>The profile that the caller or AWS_PROFILE named; null if none.</summary>
    public string? Named { get; }

    /// <summary>The name of the profile to use.</summary>
    public string Name { get; }

    /// <summary>The shared files.</summary>
    public ProfileFiles Files => files.Value;

    /// <summary>The profiles outside the shared files.</summary>
    public WindowsProfileStore WindowsStore { get; }

    /// <summary>The names of all profiles.</summary>
    public IEnumerable<string> Names => Files.Names.Concat(WindowsStore.Names);

    /// <summary>The profile; null if it does not exist in the files.</summary>
    public Profile? Profile => Files.Find(Name);

    /// <summary>A setting of a variable or else of the profile.</summary>
    /// <param name="variable">The environment variable.</param>
    /// <param name="key">The profile's key.</param>
    /// <returns>The value, null if it is absent, and where it comes from.</returns>
    public (string? Value, string Source) Setting(string variable, string key) =>
        EnvironmentText.Variable(variable) is { } value ? (value, variable) : (Profile?[key], $"{key} of profile \"{Name}\"");

    /// <summary>The region of the profile; null if it has none.</summary>
    public string? Region => Profile is { } profile ? profile["region"] : WindowsStore.RegionOf(Name);
}
