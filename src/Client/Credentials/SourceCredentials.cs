using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>What another module's object gives. Only that knows how long it is good, so it is asked before each call.</summary>
internal sealed class SourceCredentials(IKeySource keys, TimeSpan limit, IClock clock) : HeldCredentials(limit, clock, keys.Name, null)
{
    protected override async Task<Held> FetchAsync()
    {
        var (access, secret, token) = await keys.GetKeysAsync().ConfigureAwait(false);
        return new Held(new ImmutableCredentials(access, secret, token), DateTime.MinValue);
    }
}
