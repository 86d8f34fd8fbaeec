using System.Collections.Generic;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the tags of a resource (API: ListTagsForResource).</summary>
public sealed class ListTagsForResourceRequest : AppRunnerRequest<ListTagsForResourceResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListTagsForResource";

    /// <summary>The ARN of a service, auto scaling configuration, connection, observability configuration, VPC connector or VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner")]
    public string? ResourceArn { get; set; }
}

/// <summary>The response of ListTagsForResource.</summary>
public sealed class ListTagsForResourceResponse : AppRunnerResponse
{
    /// <summary>The tags.</summary>
    public List<Tag>? Tags { get; set; }
}

/// <summary>Reads the tags of one resource.</summary>
internal static class ListTagsForResourceExtensions
{
    /// <summary>Reads the tags of a resource (API: ListTagsForResource).</summary>
    /// <param name="client">The client to call.</param>
    /// <param name="resourceArn">The resource.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Its tags, also those of AWS.</returns>
    /// <exception cref="AppRunnerException">The service returned an error.</exception>
    public static async Task<List<Tag>> ReadTagsAsync(this IAppRunnerClient client, string resourceArn, CancellationToken cancellationToken) =>
        (await client.SendAsync(new ListTagsForResourceRequest { ResourceArn = resourceArn }, cancellationToken).ConfigureAwait(false)).Tags ?? [];
}
