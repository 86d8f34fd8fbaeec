using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>Passes a body on as it comes: nothing is held back until more has come, and no more is held than has come at once.</summary>
internal static class BodyRelay
{
    /// <summary>Passes it on to its end, together with what has been written before.</summary>
    /// <param name="body">The body.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="chunked">Its end is told by chunks there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(HttpBody body, HttpWriter to, bool chunked, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (body.Next(out var part))
            {
                case BodyStep.More:
                    await to.FlushAsync(cancellationToken).ConfigureAwait(false);
                    await body.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case BodyStep.Part when chunked:
                    to.Append($"{part.Length:X}\r\n");
                    await to.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    to.Append("\r\n");
                    break;
                case BodyStep.Part:
                    await to.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    break;
                case BodyStep.End:
                    if (chunked)
                    {
                        to.Append("0\r\n");
                        ForwardedHeads.WriteTrailers(to, body.Trailers);
                        to.Append("\r\n");
                    }

                    await to.FlushAsync(cancellationToken).ConfigureAwait(false);
                    return;
            }
        }
    }
}
