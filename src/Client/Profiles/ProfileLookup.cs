using System;
using AppRunner.Model;

namespace AppRunner.Client.Profiles;

/// <summary>The profile that a connection's settings come from, read when it is first needed.</summary>
internal sealed class ProfileLookup
{
    private readonly Lazy<ProfileFiles> files = new(ProfileFiles.Read);

    public ProfileLookup(ConnectionSettings settings)
    {
        Given = Texts.OrNull(settings.ProfileName);
        Named = Given ?? Texts.Variable("AWS_PROFILE");
        Name = Named ?? "default";
    }

    /// <summary>The profile that the caller named; null where none.</summary>
    public string? Given { get; }

    /// <summary>The profile that the caller or AWS_PROFILE named; null where none.</summary>
    public string? Named { get; }

    /// <summary>The profile to look into.</summary>
    public string Name { get; }

    /// <summary>The shared files.</summary>
    public ProfileFiles Files => files.Value;

    /// <summary>The profile; null where the files have none of that name.</summary>
    public Profile? Profile => Files.Find(Name);
}
