namespace AppRunner.Model;

/// <summary>A connection to a source code provider, as CreateConnection and DeleteConnection give it; the same members as in a list (API: Connection).</summary>
public sealed class Connection : ConnectionSummary
{
}
