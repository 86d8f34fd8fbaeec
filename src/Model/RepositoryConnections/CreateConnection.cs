using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Creates a connection to a source code provider. It cannot be used until its handshake is completed in the console (API: CreateConnection).</summary>
public sealed class CreateConnectionRequest : AppRunnerRequest<CreateConnectionResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "CreateConnection";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The name, 4 to 32 letters, digits, - or _. Required.</summary>
    [Required, Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,31}", "4 to 32 letters, digits, - or _, beginning with a letter or digit")]
    public string? ConnectionName { get; set; }

    /// <summary>GITHUB or BITBUCKET. Required.</summary>
    [Required, OneOf(typeof(ProviderType))]
    public string? ProviderType { get; set; }

    /// <summary>Tags, at most 50.</summary>
    [Tags]
    public List<Tag>? Tags { get; set; }
}

/// <summary>The response of CreateConnection.</summary>
public sealed class CreateConnectionResponse : AppRunnerResponse
{
    /// <summary>The new connection.</summary>
    public Connection? Connection { get; set; }
}
