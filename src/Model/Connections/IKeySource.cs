using System;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Gives keys whenever it is asked: credentials that another module made, and renews.</summary>
public interface IKeySource
{
    /// <summary>What it is, in words: <c>-Credential</c>. No key.</summary>
    string Name { get; }

    /// <summary>The keys that are good now. It may take its time, and hold up the thread; who asks bounds that.</summary>
    /// <returns>Access key id, secret access key, and the session token of temporary keys.</returns>
    /// <exception cref="InvalidOperationException">It gives none; why, in words that hold no key.</exception>
    Task<(string AccessKey, string SecretKey, string? SessionToken)> GetKeysAsync();
}
