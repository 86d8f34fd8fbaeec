using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>Calls an operation until the quota is exceeded, which must be the documented error.</summary>
/// <param name="Operation">Such as CreateConnection.</param>
/// <param name="Quota">The largest number of calls that may succeed.</param>
/// <param name="Input">Its request; # is replaced by a number.</param>
internal sealed record UpToQuota(string Operation, int Quota, string Input) : Step
{
    public override async Task RunAsync(Run run)
    {
        for (var i = 1; i <= Quota; i++)
        {
            if (await run.TryCallAsync(Operation, Numbered(i), nameof(ServiceQuotaExceededException)) is null)
                return;
        }

        await run.CallAsync(Operation, Numbered(Quota + 1), nameof(ServiceQuotaExceededException));
    }

    public override string ToString() => $"{Operation} up to the quota";

    private JsonObject Numbered(int number) => JsonNode.Parse(Input.Replace("#", number.ToString(CultureInfo.InvariantCulture)))!.AsObject();
}
