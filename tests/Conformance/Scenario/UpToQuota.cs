using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>Calls an operation until the account is full, which must be said as the API documents it.</summary>
/// <param name="Operation">Such as CreateConnection.</param>
/// <param name="Quota">After how many calls it must be full at the latest.</param>
/// <param name="Input">Its request; # is a number.</param>
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
