using System;
using System.Collections.Generic;
using System.Threading;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;

namespace AppRunner.Module.Tests.Faults;

/// <summary>Faults that the client handles: no response, throttling, responses that are not App Runner's, values that cannot be sent.</summary>
internal static class ClientFaultScenarios
{
    private const string Create = "New-ARService web1 " + Session.Image;

    public static IEnumerable<FaultScenario> All { get; } = [.. Silence(), .. Throttling(), .. UnreadableResponses(), .. Headers()];

    private static IEnumerable<FaultScenario> Silence()
    {
        yield return new("A server accepts requests and never responds; Get-ARService -RequestTimeout 1", $"Get-ARService {FaultServer.Arn} -RequestTimeout 1",
            (_, _, _) => ScriptedServer.Silence(),
            run =>
            {
                var error = run.Result.ErrorWith(ErrorIds.NetworkError);
                error.ToString().ShouldEndWith("within 1 s.");
                error.ErrorDetails.RecommendedAction.ShouldContain("-RequestTimeout");
                run.Server.Operations.Count.ShouldBe(1);
                run.Time.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            });
        yield return new("The same by Set-ARContext -RequestTimeout, as a time span", "Set-ARContext -RequestTimeout 00:00:01; Get-ARService",
            (_, _, _) => ScriptedServer.Silence(),
            run =>
            {
                run.Result.ErrorWith(ErrorIds.NetworkError).ToString().ShouldEndWith("within 1 s.");
                run.Time.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            });
        yield return new("CreateService gets no response; the service exists afterwards", Create + " -RequestTimeout 1",
            (_, operation, _) => operation == "CreateService" ? ScriptedServer.Silence() : null,
            run =>
            {
                run.Result.Service.ServiceArn.ShouldBe(FaultServer.Arn);
                run.Server.CountOf("CreateService").ShouldBe(1);
            });
        yield return new("CreateService gets no response; ListServices is denied", Create + " -RequestTimeout 1",
            (_, operation, _) => operation switch { "CreateService" => ScriptedServer.Silence(), "ListServices" => FaultServer.Denied, _ => null },
            run =>
            {
                run.Result.ErrorWith(ErrorIds.NetworkError).ToString().ShouldContain("not known");
                run.Server.CountOf("CreateService").ShouldBe(1);
            });
        yield return new("No request gets a response, with the default time limits", Create,
            (_, _, _) => ScriptedServer.Silence(),
            run =>
            {
                run.Result.ErrorWith(ErrorIds.NetworkError).ToString().ShouldContain("within 60 s");
                run.Server.CountOf("CreateService").ShouldBe(1);
                run.Time.ShouldBeLessThan(TimeSpan.FromMinutes(3));
            })
        {
            IsSlow = true,
        };
        foreach (var value in new[] { "0", "([timespan]::MaxValue)" })
        {
            yield return new($"-RequestTimeout {value}", $"Get-ARService -RequestTimeout {value}",
                (_, _, _) => null,
                run =>
                {
                    run.Result.ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldStartWith("RequestTimeout must be ");
                    run.Server.Operations.ShouldBeEmpty();
                });
        }
    }

    private static IEnumerable<FaultScenario> Throttling()
    {
        yield return new("60 creates at -ThrottleLimit 16, against 5 requests a second", $"1..60 | ForEach-Object {{ [pscustomobject]@{{ ServiceName = \"web-$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 16",
            LetThrough(5, 5),
            run =>
            {
                run.Result.Services.Count.ShouldBe(60);
                var ratio = 60 / (5 + (5 * run.Time.TotalSeconds));
                ratio.ShouldBeGreaterThan(0.7, $"{run.Time}, {run.Server.Operations.Count} requests");
            })
        {
            IsSlow = true,
        };
        yield return new("Everything is throttled", $"Get-ARService {FaultServer.Arn}",
            (_, _, _) => FaultServer.Throttled,
            run =>
            {
                run.Result.ErrorWith(ErrorIds.Throttled);
                run.Server.Operations.Count.ShouldBe(3);
            });
    }

    private static IEnumerable<FaultScenario> UnreadableResponses()
    {
        foreach (var (name, response, text) in new (string, Step, string)[]
        {
            ("a web page", ScriptedServer.Respond(200, "text/html", "<html>Sign in</html>"), "it is not a JSON object (content type text/html)."),
            ("nothing", ScriptedServer.Respond(200, "application/x-amz-json-1.0", string.Empty), "it is empty."),
            ("JSON that is cut off", ScriptedServer.Respond("""{"Service":{"""), "its JSON is damaged or incomplete."),
            ("JSON of depth 100", ScriptedServer.Respond("{\"X\":" + new string('[', 100) + new string(']', 100) + "}"), "its JSON is nested too deeply or has an unexpected form."),
            ("a body that ends early", ScriptedServer.Truncated("{", 100), "the connection was closed before the response was complete."),
            ("something that is not HTTP", ScriptedServer.Raw("220 mail.example ESMTP\r\n\r\n"), "the response is not valid HTTP."),
            ("a redirect", ScriptedServer.Respond(301, "text/html", "moved", ("Location", "https://elsewhere.example/")), "with a redirect to https://elsewhere.example/."),
            ("404 from a web server", ScriptedServer.Respond(404, "text/html", "<html>Not found</html>"), "HTTP 404 with text/html."),
        })
        {
            yield return new($"The response is {name}", $"Get-ARService {FaultServer.Arn}",
                (_, _, _) => response,
                run =>
                {
                    var error = run.Result.Errors.ShouldHaveSingleItem();
                    error.ToString().ShouldContain(text);
                    error.ToString().ShouldEndWith(".");
                    error.ErrorDetails.RecommendedAction.ShouldNotContain(name.Contains("JSON", StringComparison.Ordinal) ? "no advice" : "Health Dashboard");
                    foreach (var raw in new[] { "LineNumber", "invalid start", "(ResponseEnded)", "configured depth" })
                        error.ToString().ShouldNotContain(raw);
                });
        }
    }

    private static IEnumerable<FaultScenario> Headers()
    {
        foreach (var (name, script) in new[]
        {
            ("-AccessKey with a line break", "Get-ARService -AccessKey \"HIDDEN`r`nX-Injected: yes\" -SecretKey b"),
            ("-SessionToken with a line break", "Get-ARService -AccessKey a -SecretKey b -SessionToken \"HIDDEN`nX-Injected: yes\""),
            ("-AccessKey that is not ASCII", "Get-ARService -AccessKey HIDDEN\u00e9 -SecretKey b"),
            ("-Credential with a line break", "Get-ARService -Credential @{ AccessKey = \"HIDDEN`r`nX-Injected: yes\"; SecretKey = 'b' }"),
            ("Set-ARContext with a line break", "Set-ARContext -AccessKey a -SecretKey b -SessionToken \"HIDDEN`r`nX-Injected: yes\""),
            ("-Region with a line break", "Get-ARService -Region \"eu-west-1`r`nX-Injected: yes\""),
        })
        {
            yield return new(name, script,
                (_, _, _) => null,
                run =>
                {
                    run.Result.ErrorWith(ErrorIds.InvalidParameter);
                    run.Result.AllText.ShouldNotContain("HIDDEN");
                    run.Server.Operations.ShouldBeEmpty();
                });
        }
    }

    // A token bucket.
    private static Func<FaultServer, string, int, Step?> LetThrough(double rate, double burst)
    {
        var sync = new Lock();
        var time = System.Diagnostics.Stopwatch.StartNew();
        var (used, at) = (0.0, TimeSpan.Zero);
        return (_, _, _) =>
        {
            lock (sync)
            {
                var now = time.Elapsed;
                used = Math.Max(0, used - ((now - at).TotalSeconds * rate));
                at = now;
                if (used + 1 > burst)
                    return FaultServer.Throttled;
                used++;
                return null;
            }
        };
    }
}
