using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace AppRunner.Module.Tests.Binding;

/// <summary>Random valid requests of CreateService in their wire JSON, with values that are easily misread: empty, with quotes, spaces, line breaks, = and ;.</summary>
internal sealed class GeneratedRequests(int seed)
{
    private static readonly string[] Values =
        ["", " ", "a", "0", "true", "null", "$null", "a=b", "a;b=c", "#x", "x # y", "'single'", "\"double\"", "two\nlines", "tab\t", "\\n", "äöü €", "{}", "[]", "{\"a\":1}", "@{A=1}", "1e5", "$HOME", "=", "x\r\ny", "日本"];

    private readonly Random random = new(seed);

    /// <summary>The next request.</summary>
    /// <param name="isFlat">Whether a row of a CSV file can hold it.</param>
    /// <returns>The wire JSON.</returns>
    public JsonObject Next(bool isFlat)
    {
        var isImage = isFlat || Chance(2, 3);
        var secrets = Chance(1, 3) ? Map(secrets: true, isFlat) : null;
        var request = new JsonObject { ["ServiceName"] = "svc-" + random.Next(1000, 9999), ["SourceConfiguration"] = isImage ? Image(secrets, isFlat) : Code(secrets) };
        if (secrets is not null || Chance(1, 2))
        {
            var instance = new JsonObject();
            if (secrets is not null || Chance(1, 2))
                instance["InstanceRoleArn"] = "arn:aws:iam::123456789012:role/instance";
            if (instance.Count == 0 || Chance(1, 2))
            {
                instance["Cpu"] = Pick("1024", "1 vCPU");
                instance["Memory"] = Pick("2048", "3 GB");
            }

            request["InstanceConfiguration"] = instance;
        }

        if (Chance(1, 2))
            request["Tags"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(index => new JsonObject { ["Key"] = (isFlat ? "k" : Pick("k", "Key ", "team:")) + index, ["Value"] = isFlat ? Pick("web", "1") : Pick("", "web", "x y", "a=b") })]);
        if (isFlat)
            return request;
        if (Chance(1, 2))
        {
            var check = new JsonObject { ["Protocol"] = "HTTP", ["Path"] = Pick("/", "/up?a=b") };
            foreach (var member in new[] { "Interval", "Timeout", "HealthyThreshold", "UnhealthyThreshold" }.Where(_ => Chance(1, 2)))
                check[member] = random.Next(1, 21);
            request["HealthCheckConfiguration"] = check;
        }

        if (Chance(1, 3))
            request["NetworkConfiguration"] = new JsonObject { ["EgressConfiguration"] = new JsonObject { ["EgressType"] = "DEFAULT" }, ["IngressConfiguration"] = new JsonObject { ["IsPubliclyAccessible"] = Chance(1, 2) }, ["IpAddressType"] = Pick("IPV4", "DUAL_STACK") };
        if (Chance(1, 4))
            request["ObservabilityConfiguration"] = new JsonObject { ["ObservabilityEnabled"] = true, ["ObservabilityConfigurationArn"] = "arn:aws:apprunner:us-east-1:123456789012:observabilityconfiguration/trace/1/" + Id };
        if (Chance(1, 4))
            request["AutoScalingConfigurationArn"] = "arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/high/1/" + Id;
        if (Chance(1, 4))
            request["EncryptionConfiguration"] = new JsonObject { ["KmsKey"] = "arn:aws:kms:us-east-1:123456789012:key/0d2f7c5c-2a55-4c0c-9d4e-4f3f5a0d3f11" };
        return request;
    }

    private const string Id = "8fe1e10304f84fd2b0df550fe98a71fa";

    private JsonObject Image(JsonObject? secrets, bool isFlat)
    {
        var isPublic = Chance(1, 2);
        var source = new JsonObject
        {
            ["ImageRepository"] = new JsonObject
            {
                ["ImageIdentifier"] = isPublic ? "public.ecr.aws/nginx/nginx:1" : "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1",
                ["ImageRepositoryType"] = isPublic ? "ECR_PUBLIC" : "ECR",
            },
        };
        var run = Run(secrets, isFlat);
        if (run.Count > 0)
            source["ImageRepository"]!["ImageConfiguration"] = run;
        if (!isPublic)
            source["AuthenticationConfiguration"] = new JsonObject { ["AccessRoleArn"] = "arn:aws:iam::123456789012:role/access" };
        if (Chance(1, 3))
            source["AutoDeploymentsEnabled"] = !isPublic && Chance(1, 2);
        return source;
    }

    private JsonObject Code(JsonObject? secrets)
    {
        var code = new JsonObject
        {
            ["RepositoryUrl"] = "https://github.com/owner/site",
            ["SourceCodeVersion"] = new JsonObject { ["Type"] = "BRANCH", ["Value"] = Pick("main", "feature/x") },
        };
        if (Chance(1, 2))
            code["SourceDirectory"] = "/site";
        var values = Run(secrets, isFlat: false);
        values["Runtime"] = Pick("NODEJS_22", "PHP_81");
        values["BuildCommand"] = "npm ci";
        code["CodeConfiguration"] = secrets is null && Chance(1, 3) ? new JsonObject { ["ConfigurationSource"] = "REPOSITORY" } : new JsonObject { ["ConfigurationSource"] = "API", ["CodeConfigurationValues"] = values };
        return new JsonObject
        {
            ["CodeRepository"] = code,
            ["AuthenticationConfiguration"] = new JsonObject { ["ConnectionArn"] = "arn:aws:apprunner:us-east-1:123456789012:connection/github/" + Id },
        };
    }

    private JsonObject Run(JsonObject? secrets, bool isFlat)
    {
        var run = new JsonObject();
        if (Chance(1, 2))
            run["Port"] = Pick("80", "8000");
        if (Chance(1, 3))
            run["StartCommand"] = "node server.js";
        if (Chance(2, 3))
            run["RuntimeEnvironmentVariables"] = Map(secrets: false, isFlat);
        if (secrets is not null)
            run["RuntimeEnvironmentSecrets"] = secrets;
        return run;
    }

    private JsonObject Map(bool secrets, bool isFlat)
    {
        var map = new JsonObject();
        foreach (var index in Enumerable.Range(0, random.Next(1, 5)))
        {
            map[(secrets ? "S_" : Pick("A", "DB_URL", "Value", "Key", "X.Y-")) + index] = secrets ? "arn:aws:ssm:us-east-1:123456789012:parameter/p" + index
                : isFlat ? Pick("1", "x y", "http://h/?a=b") : Values[random.Next(Values.Length)];
        }

        return map;
    }

    private bool Chance(int of, int all) => random.Next(all) < of;

    private string Pick(params string[] values) => values[random.Next(values.Length)];
}
