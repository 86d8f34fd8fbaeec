using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Makes connections. The implementation lies in AppRunner.Client, which is loaded at its first use; it has a public constructor without parameters.</summary>
public interface IAppRunnerConnector
{
    /// <summary>Finds region, endpoint and credentials and makes a client for them. Makes no call to App Runner.</summary>
    /// <param name="settings">What is given; the rest is looked up as AWS's own tools do.</param>
    /// <param name="cancellationToken">Stops the look-up at once.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NoRegionException">No region is known.</exception>
    /// <exception cref="NoCredentialException">No credentials, or the named profile cannot give any.</exception>
    /// <exception cref="InvalidParameterException">A setting is malformed.</exception>
    Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken);

    /// <summary>
    /// What a look-up depends on besides its settings: AWS_* variables and the shared files. While it is the same, the same settings
    /// lead to the same connection; the text itself means nothing and is never to be shown.
    /// </summary>
    /// <returns>A text to compare.</returns>
    string Surroundings();

    /// <summary>The names of the profiles in the shared configuration and credentials files; empty where there are none or the files cannot be read.</summary>
    /// <returns>The names, sorted.</returns>
    string[] GetProfileNames();
}
