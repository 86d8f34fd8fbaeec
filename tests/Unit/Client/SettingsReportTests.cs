using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Client.Settings;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>The settings that a connection would use, without a call.</summary>
[Collection(AwsEnvironmentGroup.Name)]
public sealed class SettingsReportTests : IAsyncLifetime
{
    private const string Keys = "aws_access_key_id = AKIDPROFILE\naws_secret_access_key = HUSH\naws_session_token = HUSH\n";
    private const string Role = "arn:aws:iam::123456789012:role/deploy";

    private readonly AwsEnvironment environment = new();

    public ValueTask InitializeAsync()
    {
        environment.Refresh();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        environment.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Variables_are_named_as_the_sources_of_region_profile_endpoint_and_limits()
    {
        environment.Config("[profile dev]\nregion = eu-west-3\n" + Keys);
        environment["AWS_PROFILE"] = "dev";
        environment["AWS_REGION"] = "eu-west-2";
        environment["AWS_MAX_ATTEMPTS"] = "7";
        environment["AWS_USE_FIPS_ENDPOINT"] = "false";

        Shown().ShouldBe([
            "Region: eu-west-2 (AWS_REGION)",
            "Profile: dev (AWS_PROFILE)",
            "Credentials: access key AKIDPROFILE (profile \"dev\" (AWS_PROFILE))",
            "Account:  (not known before the first call)",
            "Endpoint: https://apprunner.eu-west-2.amazonaws.com/ (region)",
            "UseFipsEndpoint: false (AWS_USE_FIPS_ENDPOINT)",
            "RequestTimeout: 60 s (default)",
            "MaxAttempts: 7 (AWS_MAX_ATTEMPTS)"]);
    }

    [Fact]
    public void The_profile_is_named_as_the_source_of_what_it_sets()
    {
        var bundle = Certificate();
        environment.Config($"[profile dev]\nregion = eu-west-3\nmax_attempts = 2\nca_bundle = {bundle}\nuse_fips_endpoint = true\nendpoint_url = https://apprunner.example.com\n" + Keys);

        var shown = Shown(new ConnectionSettings(ProfileName: "dev"));

        shown.ShouldContain("Region: eu-west-3 (region of profile \"dev\")");
        shown.ShouldContain("Profile: dev (given)");
        shown.ShouldContain("Endpoint: https://apprunner.example.com/ (endpoint_url of profile \"dev\")");
        shown.ShouldContain("UseFipsEndpoint: true (use_fips_endpoint of profile \"dev\")");
        shown.ShouldContain("MaxAttempts: 2 (max_attempts of profile \"dev\")");
        shown.ShouldContain($"CaBundle: {bundle} (ca_bundle of profile \"dev\")");
    }

    [Theory]
    [InlineData("role_arn = " + Role + "\nsource_profile = base\n", "role " + Role + ", by profile \"base\"", "123456789012 (role_arn of profile \"p\")")]
    [InlineData("role_arn = " + Role + "\ncredential_source = Ec2InstanceMetadata\n", "role " + Role + ", by the role of the EC2 instance", "123456789012 (role_arn of profile \"p\")")]
    [InlineData("role_arn = " + Role + "\nsource_profile = p\n" + Keys, "role " + Role + ", by its own access key", "123456789012 (role_arn of profile \"p\")")]
    [InlineData("role_arn = " + Role + "\nweb_identity_token_file = /run/token\n", "role " + Role + ", by a web identity token", "123456789012 (role_arn of profile \"p\")")]
    [InlineData("sso_session = corp\nsso_account_id = 210987654321\nsso_role_name = Admin\n", "IAM Identity Center, role Admin", "210987654321 (sso_account_id of profile \"p\")")]
    [InlineData(Keys + "aws_account_id = 210987654321\n", "access key AKIDPROFILE", "210987654321 (aws_account_id of profile \"p\")")]
    [InlineData(Keys + "aws_account_id = mine\n", "access key AKIDPROFILE", "(not known before the first call)")]
    public void Credentials_and_account_of_a_profile_are_told_without_a_secret(string profile, string credentials, string account)
    {
        environment.Config("[profile p]\n" + profile + "[profile base]\n" + Keys + "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n");

        var report = Report(new ConnectionSettings("eu-west-1", "p"));

        Of(report, "Credentials").ToString().ShouldBe(credentials + " (profile \"p\")");
        Of(report, "Account").ToString().ShouldBe(account);
        report.ShouldAllBe(setting => setting.Problem == null && !setting.ToString().Contains("HUSH", StringComparison.Ordinal));
    }

    [Fact]
    public void A_credential_process_is_named_but_not_run_and_its_command_line_is_not_shown()
    {
        var mark = Path.Combine(environment.Home, "started");
        environment.Config($"[profile tool]\ncredential_process = touch {mark} HUSH\n");

        var report = Report(new ConnectionSettings("eu-west-1", "tool"));

        Of(report, "Credentials").Value.ShouldBe("credential_process, a program");
        report.ShouldAllBe(setting => !setting.ToString().Contains("HUSH", StringComparison.Ordinal));
        File.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public void Given_settings_are_marked_and_variables_name_their_account()
    {
        Shown(new ConnectionSettings("eu-west-1", AccessKey: "AKIDGIVEN", SecretKey: "HUSH", EndpointUrl: "http://127.0.0.1:1")).ShouldBe([
            "Region: eu-west-1 (given)",
            "Credentials: access key AKIDGIVEN (given)",
            "Account:  (not known before the first call)",
            "Endpoint: http://127.0.0.1:1/ (given)",
            "RequestTimeout: 60 s (default)",
            "MaxAttempts: 3 (default)"]);

        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "HUSH";
        environment["AWS_ACCOUNT_ID"] = "123456789012";
        var report = Report(new ConnectionSettings("eu-west-1"));
        Of(report, "Credentials").ToString().ShouldBe("access key AKIDVARIABLE (environment variables)");
        Of(report, "Account").ToString().ShouldBe("123456789012 (AWS_ACCOUNT_ID)");
    }

    [Fact]
    public void What_only_the_metadata_service_can_tell_is_not_asked()
    {
        environment["AWS_EC2_METADATA_DISABLED"] = null;
        environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:9/";
        environment.Refresh();

        Shown().ShouldBe([
            "Region:  (not set; the first call asks the EC2 metadata service)",
            "Credentials:  (not set; the first call asks the EC2 metadata service)",
            "Account:  (not known before the first call)",
            "RequestTimeout: 60 s (default)",
            "MaxAttempts: 3 (default)"]);
    }

    // A wrong setting has the words of the error of the call.
    [Theory]
    [InlineData("AWS_PROFILE=gone", "[profile other]\n" + Keys, "Profile")]
    [InlineData("AWS_PROFILE=p", "[profile p]\noutput = json\n", "Credentials")]
    [InlineData("AWS_PROFILE=p", "[profile p]\nrole_arn = " + Role + "\nsource_profile = missing\n", "Credentials")]
    [InlineData("AWS_PROFILE=p", "[profile p]\nrole_arn = " + Role + "\nmfa_serial = x\nsource_profile = p\n", "Credentials")]
    [InlineData("AWS_PROFILE=p", "[profile p\n" + Keys, "Profile")]
    [InlineData("AWS_ACCESS_KEY_ID=AKID", "", "Credentials")]
    [InlineData("AWS_WEB_IDENTITY_TOKEN_FILE=/run/token", "", "Credentials")]
    [InlineData("AWS_PROFILE=", "", "Credentials")]
    [InlineData("AWS_MAX_ATTEMPTS=many", "[default]\n" + Keys, "MaxAttempts")]
    [InlineData("AWS_RETRY_MODE=often", "[default]\n" + Keys, "MaxAttempts")]
    [InlineData("AWS_CA_BUNDLE=/no/such/file", "[default]\n" + Keys, "CaBundle")]
    [InlineData("AWS_USE_FIPS_ENDPOINT=maybe", "[default]\n" + Keys, "UseFipsEndpoint")]
    [InlineData("AWS_ENDPOINT_URL=ftp://x", "[default]\n" + Keys, "Endpoint")]
    [InlineData("AWS_REGION=eu west", "[default]\n" + Keys, "Region")]
    public async Task A_wrong_setting_is_told_in_the_words_of_the_call_and_nothing_is_thrown(string variable, string config, string setting)
    {
        environment.Config(config);
        environment["AWS_REGION"] = "eu-west-1";
        var (name, value) = (variable.Split('=')[0], variable.Split('=')[1]);
        environment[name] = value.Length == 0 ? null : value;
        var error = await Should.ThrowAsync<AppRunnerException>(() => new AppRunnerConnector().ConnectAsync(new ConnectionSettings(), TestContext.Current.CancellationToken));

        var problem = Of(Report(), setting).Problem.ShouldNotBeNull();

        problem.ShouldStartWith(error.Message);
        problem.ShouldBe(error.RecommendedAction is { } action ? $"{error.Message} {action}" : error.Message);
    }

    [Fact]
    public void A_missing_region_has_the_words_of_the_call() =>
        Of(Report(), "Region").Problem.ShouldNotBeNull().ShouldStartWith("No region was found: none was given, AWS_REGION and AWS_DEFAULT_REGION are not set, profile \"default\"");

    [Theory]
    [InlineData("https://apprunner.eu-west-1.amazonaws.com", "HTTPS_PROXY=http://user:pass@proxy:3128", "http://proxy:3128", "HTTPS_PROXY")]
    [InlineData("https://apprunner.eu-west-1.amazonaws.com", "ALL_PROXY=proxy:3128", "http://proxy:3128", "ALL_PROXY")]
    [InlineData("https://apprunner.eu-west-1.amazonaws.com", "HTTP_PROXY=http://proxy:3128", null, null)]
    [InlineData("http://apprunner.internal", "HTTP_PROXY=http://proxy:3128", "http://proxy:3128", "HTTP_PROXY")]
    [InlineData("https://apprunner.eu-west-1.amazonaws.com", "HTTPS_PROXY=http://proxy:3128;NO_PROXY=.amazonaws.com", null, null)]
    [InlineData("https://apprunner.eu-west-1.amazonaws.com", "HTTPS_PROXY=http://proxy:3128;NO_PROXY=amazonaws.com,localhost", "http://proxy:3128", "HTTPS_PROXY")]
    [InlineData("https://apprunner.eu-west-1.amazonaws.com", "HTTPS_PROXY=http://proxy:3128;NO_PROXY=example.com, apprunner.eu-west-1.amazonaws.com", null, null)]
    [InlineData("http://127.0.0.1:8990", "HTTP_PROXY=http://proxy:3128", null, null)]
    public void The_proxy_is_that_of_NET_without_its_password(string endpoint, string variables, string? proxy, string? source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system may have a proxy.");
        foreach (var name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "GATEWAY_INTERFACE" })
            environment[name] = null;
        foreach (var variable in variables.Split(';'))
            environment[variable.Split('=')[0]] = variable.Split('=')[1];

        HttpHandlers.ProxyOf(new Uri(endpoint)).ShouldBe((proxy, source));

        // What .NET reads from these variables; it is not public.
        object?[] result = [null];
        typeof(HttpClient).Assembly.GetType("System.Net.Http.HttpEnvironmentProxy", throwOnError: true)!.GetMethod("TryCreate", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, result);
        var address = new Uri(endpoint);
        var used = result[0] is IWebProxy environmentProxy && !environmentProxy.IsBypassed(address) ? environmentProxy.GetProxy(address) : null;
        if (!address.IsLoopback)
            (used is null ? null : $"{used.Scheme}://{used.Authority}").ShouldBe(proxy);
    }

    [Fact]
    public async Task A_response_with_a_resource_tells_the_account()
    {
        await using var server = new ScriptedServer(
            ScriptedServer.Respond("""{"ServiceSummaryList":[]}"""),
            ScriptedServer.Respond("""{"ServiceSummaryList":[{"ServiceName":"web","ServiceArn":"arn:aws:apprunner:eu-west-1:123456789012:service/web/8fe1e10304f84fd2b0df550fe98a71fa"}]}"""));
        using var connection = await Connect.ToAsync(server);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
        connection.AccountId.ShouldBeNull();

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        connection.AccountId.ShouldBe("123456789012");
    }

    [Fact]
    public async Task A_credential_process_tells_its_account()
    {
        environment.Config("""
            [profile tool]
            credential_process = sh -c 'echo {\"Version\":1,\"AccessKeyId\":\"AKIDPROGRAM\",\"SecretAccessKey\":\"x\",\"AccountId\":\"123456789012\"}'
            """);

        using var connection = await new AppRunnerConnector().ConnectAsync(new ConnectionSettings("eu-west-1", "tool"), TestContext.Current.CancellationToken);

        connection.AccountId.ShouldBe("123456789012");
    }

    private static ContextSetting Of(IReadOnlyList<ContextSetting> report, string name) => report.Single(setting => setting.Name == name);

    private static IReadOnlyList<ContextSetting> Report(ConnectionSettings? settings = null) => new AppRunnerConnector().Describe(settings ?? new ConnectionSettings());

    private static string[] Shown(ConnectionSettings? settings = null) => [.. Report(settings).Select(setting => $"{setting.Name}: {setting.Value} ({setting.Source})")];

    private string Certificate()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return environment.Write("roots.pem", certificate.ExportCertificatePem());
    }
}
