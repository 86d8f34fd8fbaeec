using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime.CredentialManagement;
using AppRunner.Client;
using AppRunner.Client.Settings;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

[Collection(AwsEnvironmentGroup.Name)]
public sealed class CredentialTests : IAsyncLifetime
{
    private const string ReadableKeys = "aws_access_key_id = AKIDPROFILE\naws_secret_access_key = PROFILESECRET\n";

    private readonly AwsEnvironment environment = new();
    private readonly ScriptedServer service = new(ScriptedServer.Respond("{}"));

    private ConnectionSettings Settings => new("eu-west-1", EndpointUrl: service.Url);

    public ValueTask InitializeAsync()
    {
        environment.Refresh();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        environment.Dispose();
    }

    [Theory]
    [InlineData("AKID", null, null)]
    [InlineData(null, "HUSH", null)]
    [InlineData(null, null, "TOKEN")]
    [InlineData("AKID", null, "TOKEN")]
    [InlineData(" ", "HUSH", null)]
    public async Task An_access_key_without_its_secret_key_is_refused(string? access, string? secret, string? token)
    {
        var error = await Should.ThrowAsync<InvalidParameterException>(() => Try(Settings with { AccessKey = access, SecretKey = secret, SessionToken = token }));

        error.Message.ShouldNotContain("HUSH");
    }

    [Fact]
    public async Task Explicit_keys_take_precedence_over_all_other_credentials()
    {
        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "x";

        (await Signer(Settings with { AccessKey = "AKIDGIVEN", SecretKey = "y" })).ShouldBe(("AKIDGIVEN", "given keys"));
    }

    [Fact]
    public async Task An_explicit_profile_takes_precedence_over_environment_variables()
    {
        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "x";
        environment.Credentials("[dev]\n" + ReadableKeys);

        (await Signer(Settings with { ProfileName = "dev" })).ShouldBe(("AKIDPROFILE", "profile \"dev\""));
    }

    [Fact]
    public async Task Key_variables_take_precedence_over_AWS_PROFILE_as_in_the_AWS_CLI()
    {
        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "x";
        environment["AWS_PROFILE"] = "dev";
        environment.Credentials("[dev]\n" + ReadableKeys);

        (await Signer(Settings)).ShouldBe(("AKIDVARIABLE", "environment variables"));
    }

    [Fact]
    public async Task AWS_PROFILE_is_used_if_no_environment_variables_have_keys()
    {
        environment["AWS_PROFILE"] = "dev";
        environment.Credentials("[dev]\n" + ReadableKeys);

        (await Signer(Settings)).ShouldBe(("AKIDPROFILE", "profile \"dev\" (AWS_PROFILE)"));
    }

    [Fact]
    public async Task The_default_profile_is_used_if_no_credentials_are_named()
    {
        environment.Credentials("[default]\n" + ReadableKeys);

        (await Signer(Settings)).ShouldBe(("AKIDPROFILE", "profile \"default\""));
    }

    [Fact]
    public async Task An_access_key_variable_without_its_secret_is_an_error_without_fallback()
    {
        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment.Credentials("[default]\n" + ReadableKeys);

        (await Should.ThrowAsync<NoCredentialException>(() => Try(Settings))).Message.ShouldContain("AWS_SECRET_ACCESS_KEY");
    }

    [Fact]
    public async Task An_unknown_profile_is_an_error_that_suggests_a_similar_name_without_fallback()
    {
        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "x";
        environment.Config("[profile development]\n" + ReadableKeys);

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "developement" }));

        error.ErrorId.ShouldBe(ErrorIds.NoCredential);
        error.Message.ShouldContain("There is no profile named \"developement\" in");
        error.Message.ShouldEndWith("Did you mean \"development\"?");
        service.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " (from AWS_PROFILE)")]
    public async Task A_mistyped_profile_name_is_reported_also_when_no_region_is_known(bool byVariable, string origin)
    {
        environment["AWS_PROFILE"] = byVariable ? "developement" : null;
        environment.Config("[profile development]\nregion = eu-west-1\n" + ReadableKeys);

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { Region = null, ProfileName = byVariable ? null : "developement" }));

        error.Message.ShouldStartWith($"There is no profile named \"developement\"{origin} in {environment.Home}");
        error.Message.ShouldEndWith("Did you mean \"development\"?");
    }

    [Fact]
    public async Task Given_keys_do_not_need_the_named_profile()
    {
        environment["AWS_PROFILE"] = "missing";

        (await Signer(Settings with { AccessKey = "AKIDGIVEN", SecretKey = "y" })).ShouldBe(("AKIDGIVEN", "given keys"));
    }

    [Fact]
    public async Task Environment_variables_that_are_removed_later_are_a_credential_error()
    {
        environment["AWS_ACCESS_KEY_ID"] = "AKIDVARIABLE";
        environment["AWS_SECRET_ACCESS_KEY"] = "x";
        using var connection = await ConnectAsync(Settings);
        environment["AWS_ACCESS_KEY_ID"] = null;

        var error = await Should.ThrowAsync<NoCredentialException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.Message.ShouldStartWith("No credentials from environment variables: ");
        service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_profile_in_AWS_PROFILE_is_an_error_and_instance_metadata_is_not_requested()
    {
        await using var container = new ScriptedServer(AwsResponses.ContainerCredentials());
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";
        environment["AWS_PROFILE"] = "missing";

        (await Should.ThrowAsync<NoCredentialException>(() => Try(Settings))).Message.ShouldContain("AWS_PROFILE");
        container.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("work")]
    public async Task An_expired_SSO_token_is_an_error_that_says_how_to_sign_in_without_fallback(string? given)
    {
        await using var container = new ScriptedServer(AwsResponses.ContainerCredentials());
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";
        environment["AWS_PROFILE"] = "work";
        AwsResponses.WriteSsoProfile(environment, "2020-01-01T00:00:00Z");

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = given }));

        error.Message.ShouldContain("profile \"work\"");
        error.Message.ShouldContain("SSO Token has expired");
        error.RecommendedAction.ShouldNotBeNull().ShouldContain("aws sso login --profile work");
        error.ToString().ShouldNotContain("SIGNONTOKEN");
        container.Requests.ShouldBeEmpty();
        service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expired_SSO_token_of_the_default_profile_is_an_error_without_fallback()
    {
        await using var container = new ScriptedServer(AwsResponses.ContainerCredentials());
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";
        environment.Config("[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n");

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings));

        error.RecommendedAction.ShouldNotBeNull().ShouldContain("aws sso login --profile default");
        container.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_valid_SSO_token_gives_the_credentials_of_its_role()
    {
        await using var portal = new ScriptedServer(AwsResponses.SsoCredentials("AKIDSIGNON", DateTimeOffset.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_SSO"] = portal.Url;
        AwsResponses.WriteSsoProfile(environment, DateTime.UtcNow.AddHours(4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

        (await Signer(Settings with { ProfileName = "work" })).ShouldBe(("AKIDSIGNON", "profile \"work\""));

        portal.Requests.Single().Headers["x-amz-sso_bearer_token"].ShouldBe("SIGNONTOKEN");
    }

    [Fact]
    public async Task A_role_is_assumed_with_the_source_profile_and_its_credentials_are_cached()
    {
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKIDROLE", DateTime.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment.Config("[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\nexternal_id = abc\n");
        environment.Credentials("[base]\n" + ReadableKeys);
        using var connection = await ConnectAsync(Settings with { ProfileName = "deploy" });

        for (var call = 0; call < 3; call++)
            await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        service.Requests.ShouldAllBe(request => request.Headers["Authorization"].Contains("Credential=AKIDROLE/") && request.Headers["X-Amz-Security-Token"] == "ROLETOKEN");
        var asked = sts.Requests.Single();
        asked.Headers["Authorization"].ShouldContain("Credential=AKIDPROFILE/");
        asked.Headers["Authorization"].ShouldContain("/eu-west-1/sts/");
        asked.Body.ShouldContain("ExternalId=abc");
    }

    [Fact]
    public async Task Role_credentials_that_expire_soon_are_refreshed_before_a_call()
    {
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKIDFIRST", DateTime.UtcNow.AddSeconds(61)), AwsResponses.AssumedRole("AKIDSECOND", DateTime.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment.Config("[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\n");
        environment.Credentials("[base]\n" + ReadableKeys);
        using var connection = await ConnectAsync(Settings with { ProfileName = "deploy" });

        // The SDK treats credentials as expired one minute early, so these expire after a second.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        do
            await connection.SendAsync(Connect.Read(), limit.Token);
        while (!service.Requests[^1].Headers["Authorization"].Contains("Credential=AKIDSECOND/", StringComparison.Ordinal));
        sts.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_denied_AssumeRole_is_an_error_with_the_message_of_the_service()
    {
        await using var sts = new ScriptedServer(ScriptedServer.Respond(
            403, "text/xml", "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>You may not assume deploy</Message></Error></ErrorResponse>"));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment.Config("[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\n");
        environment.Credentials("[base]\n" + ReadableKeys);

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "deploy" }));

        error.Message.ShouldContain("You may not assume deploy");
        error.ToString().ShouldNotContain("PROFILESECRET");
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::1:role/x\n", "neither source_profile nor credential_source")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = missing\n", "\"missing\", which does not exist")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = p\n", "refers to itself")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = q\n", "refers to itself")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\ncredential_source = Moon\n", "Ec2InstanceMetadata")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = q\nmfa_serial = arn:aws:iam::1:mfa/x\n", "MFA")]
    [InlineData("aws_access_key_id = AKID\n", "no aws_secret_access_key")]
    [InlineData("aws_secret_access_key = HIDDEN\n", "no aws_access_key_id")]
    [InlineData("sso_session = nowhere\nsso_account_id = 1\n", "\"nowhere\"")]
    [InlineData("sso_account_id = 1\n", "sso_region")]
    [InlineData("login_session = x\n", "login_session")]
    [InlineData("output = json\n", "no credentials")]
    public async Task An_incomplete_profile_is_an_error_that_names_the_missing_setting(string profile, string message)
    {
        environment.Config("[profile p]\n" + profile + "[profile q]\nrole_arn = arn:aws:iam::1:role/y\nsource_profile = p\n");

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "p" }));

        error.Message.ShouldContain("\"p\"");
        error.Message.ShouldContain(message);
        error.ToString().ShouldNotContain("HIDDEN");
    }

    [Fact]
    public async Task A_credential_process_gives_the_credentials()
    {
        environment.Config("""
            [profile tool]
            credential_process = sh -c 'echo {\"Version\":1,\"AccessKeyId\":\"AKIDPROGRAM\",\"SecretAccessKey\":\"x\"}'
            """);

        (await Signer(Settings with { ProfileName = "tool" })).ShouldBe(("AKIDPROGRAM", "profile \"tool\""));
    }

    [Theory]
    [InlineData("sh -c 'echo vault is sealed >&2; exit 3'", "vault is sealed")]
    [InlineData("sh -c 'echo AKIDHIDDEN not json'", "not valid JSON")]
    [InlineData("no-such-program-at-all", "no-such-program-at-all")]
    public async Task A_failed_credential_process_is_an_error_that_does_not_show_its_output(string program, string message)
    {
        environment.Config($"[profile tool]\ncredential_process = {program}\n");

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "tool" }));

        error.Message.ShouldContain(message);
        error.ToString().ShouldNotContain("AKIDHIDDEN");
    }

    [Fact]
    public async Task Cancellation_stops_the_wait_for_a_credential_process_at_once()
    {
        var started = Path.Combine(environment.Home, "started");
        environment.Config($"[profile tool]\ncredential_process = sh -c 'touch {started}; exec sleep 30'\n");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var connecting = new AppRunnerConnector().ConnectAsync(Settings with { ProfileName = "tool" }, cancel.Token);
        while (!File.Exists(started))
        {
            connecting.IsCompleted.ShouldBeFalse();
            await Task.Yield();
        }

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => connecting.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{}", "printed no Version")]
    [InlineData("[1]", "not an object")]
    [InlineData("""{"Version":2}""", "Version that is not 1")]
    [InlineData("""{"Version":1,"SecretAccessKey":"HIDDEN"}""", "no AccessKeyId")]
    [InlineData("""{"Version":1,"AccessKeyId":"HIDDEN"}""", "no SecretAccessKey")]
    [InlineData("""{"Version":1,"AccessKeyId":["HIDDEN"],"SecretAccessKey":"HIDDEN"}""", "AccessKeyId that is not text")]
    [InlineData("""{"Version":1,"AccessKeyId":"HIDDEN","SecretAccessKey":"HIDDEN","Expiration":"HIDDEN"}""", "Expiration that is not an ISO 8601 time")]
    [InlineData("""{"Version":1,"AccessKeyId":"HIDDEN\r\nX: y","SecretAccessKey":"HIDDEN"}""", "access key id contains a line break")]
    public async Task Malformed_output_of_a_credential_process_is_described_without_its_values(string output, string message)
    {
        environment.Config($"[profile tool]\ncredential_process = cat {environment.Write("output", output)}\n");

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "tool" }));

        error.Message.ShouldContain(message);
        error.Message.ShouldEndWith(".");
        error.ToString().ShouldNotContain("HIDDEN");
        error.ToString().ShouldNotContain("System.Format");
    }

    [Fact]
    public async Task The_output_of_a_credential_process_may_have_an_expiration()
    {
        environment.Config($$"""
            [profile tool]
            credential_process = echo '{"Version":1,"AccessKeyId":"AKIDPROGRAM","SecretAccessKey":"x","SessionToken":"t","Expiration":"{{DateTime.UtcNow.AddHours(1):O}}"}'
            """);

        (await Signer(Settings with { ProfileName = "tool" })).AccessKey.ShouldBe("AKIDPROGRAM");
        service.Requests.Single().Headers["X-Amz-Security-Token"].ShouldBe("t");
    }

    // The last ones leave a process whose parent has exited. Without setsid, as with a terminal, the program stays in this session.
    [Theory]
    [InlineData(false, true, "exec sleep 300")]
    [InlineData(true, true, "sleep 300 & wait")]
    [InlineData(true, true, "(sleep 300 &) && exec sleep 300")]
    [InlineData(false, false, "(sleep 300 &) && exec sleep 300")]
    public async Task A_credential_process_ends_with_its_child_processes_when_the_lookup_ends(bool timesOut, bool hasSetsid, string program)
    {
        if (!hasSetsid)
        {
            var programs = Directory.CreateDirectory(Path.Combine(environment.Home, "bin")).FullName;
            foreach (var name in new[] { "sleep", "touch" })
                File.CreateSymbolicLink(Path.Combine(programs, name), Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, name)).First(File.Exists));
            environment["PATH"] = programs;
        }

        var started = Path.Combine(environment.Home, "started");
        var seconds = (300 + System.Security.Cryptography.RandomNumberGenerator.GetInt32(100_000)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        environment.Config($"[profile tool]\ncredential_process = touch {started} && {program.Replace("300", seconds, StringComparison.Ordinal)}\n");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = new FakeClock(DateTime.UtcNow);

        var connecting = new AppRunnerConnector(clock).ConnectAsync(Settings with { ProfileName = "tool" }, cancel.Token);
        await Until(() => File.Exists(started) && Sleeping(seconds) == program.Split("300").Length - 1);
        if (timesOut)
            clock.Advance(TimeSpan.FromSeconds(61));
        else
            await cancel.CancelAsync();

        var error = await Should.ThrowAsync<Exception>(() => connecting.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
        (error is OperationCanceledException).ShouldBe(!timesOut, error.ToString());
        if (timesOut)
            error.Message.ShouldBe("No credentials from profile \"tool\": There was no result within 60 s.");
        await Until(() => Sleeping(seconds) == 0);
    }

    [Fact]
    public async Task The_container_credentials_endpoint_gives_the_credentials()
    {
        await using var container = new ScriptedServer(AwsResponses.ContainerCredentials());
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "container-token";

        (await Signer(Settings)).ShouldBe(("AKIDCONTAINER", "container"));
        container.Requests.Single().Headers["Authorization"].ShouldBe("container-token");
    }

    [Fact]
    public async Task A_web_identity_token_gives_the_credentials_of_its_role()
    {
        await using var sts = new ScriptedServer(ScriptedServer.Respond(
            200,
            "text/xml",
            $"<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIDWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/x/y</Arn><AssumedRoleId>A:y</AssumedRoleId></AssumedRoleUser></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = environment.Write("token", "the.web.token");
        environment["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/pod";

        (await Signer(Settings)).ShouldBe(("AKIDWEB", "web identity token"));
        sts.Requests.Single().Body.ShouldContain("the.web.token");
    }

    [Fact]
    public async Task NoCredential_lists_the_sources_that_were_searched_and_what_to_do()
    {
        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings));

        error.ErrorId.ShouldBe(ErrorIds.NoCredential);
        error.Message.ShouldContain(environment.Home);
        error.RecommendedAction.ShouldNotBeNull().ShouldContain("-ProfileName");
    }

    [Theory]
    [InlineData("[dev\n" + ReadableKeys, "line 1")]
    [InlineData("[dev]\nsecret PROFILESECRET\n", "line 2")]
    [InlineData("aws_secret_access_key = PROFILESECRET\n", "line 1")]
    public async Task A_malformed_credentials_file_is_an_error_with_path_and_line_but_not_its_contents(string text, string message)
    {
        var path = environment.Credentials(text);

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "dev" }));

        error.Message.ShouldContain(path);
        error.Message.ShouldContain(message);
        error.ToString().ShouldNotContain("PROFILESECRET");
        new AppRunnerConnector().GetProfileNames().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_credentials_file_that_cannot_be_read_is_an_error_with_its_path()
    {
        environment["AWS_CONFIG_FILE"] = environment.Home;

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "dev" }));

        error.Message.ShouldContain(environment.Home);
        new AppRunnerConnector().GetProfileNames().ShouldBeEmpty();
    }

    // If the named file is missing, the SDK falls back to the home folder, and it caches the paths for the whole process.
    [Fact]
    public async Task The_file_path_variables_are_read_at_every_lookup_even_if_the_file_is_missing()
    {
        environment.Credentials("[dev]\n" + ReadableKeys);
        environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(environment.Home, "missing");
        await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "dev" }));

        environment["AWS_SHARED_CREDENTIALS_FILE"] = environment.Write("elsewhere", "[dev]\naws_access_key_id = AKIDELSEWHERE\naws_secret_access_key = x\n");
        (await Signer(Settings with { ProfileName = "dev" })).ShouldBe(("AKIDELSEWHERE", "profile \"dev\""));
    }

    public static TheoryData<string> UnusableKeys => ["HIDDEN\r\nX-Injected: yes", "HIDDEN\nX-Injected: yes", "HIDDEN\0", "HIDDEN\tX", "HIDDEN\u00e9"];

    [Theory]
    [MemberData(nameof(UnusableKeys))]
    public async Task Given_keys_that_cannot_be_headers_are_an_InvalidParameter_and_not_sent(string key)
    {
        foreach (var settings in new[] { Settings with { AccessKey = key, SecretKey = "y" }, Settings with { AccessKey = "x", SecretKey = key }, Settings with { AccessKey = "x", SecretKey = "y", SessionToken = key } })
        {
            var error = await Should.ThrowAsync<InvalidParameterException>(() => Try(settings));

            error.Message.ShouldContain("contains a line break");
            error.ToString().ShouldNotContain("HIDDEN");
        }
    }

    // File, variables, container, role, another module: each has a value with a line break, and none of them reaches a server.
    [Fact]
    public async Task Keys_of_every_source_that_cannot_be_headers_are_a_credential_error_and_not_sent()
    {
        const string Token = "HIDDEN\u00e9";
        await using var container = new ScriptedServer(ScriptedServer.Respond(
            200, "application/json", $$"""{"AccessKeyId":"AKID","SecretAccessKey":"x","Token":"HIDDEN\r\nX-Injected: yes","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}"}"""));
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKID", DateTime.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment.Config("[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = file\n");
        environment.Credentials($"[file]\n{ReadableKeys}aws_session_token = {Token}\n");

        await Fails(Settings with { ProfileName = "file" });
        await Fails(Settings with { ProfileName = "role" });
        await Fails(Settings with { KeySource = new Keys("AKID", "x", "HIDDEN\r\nX-Injected: yes") });
        await Fails(Settings with { KeySource = new Keys(string.Empty, "x", null) });
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";
        await Fails(Settings);
        environment["AWS_ACCESS_KEY_ID"] = "AKID";
        environment["AWS_SECRET_ACCESS_KEY"] = "x";
        environment["AWS_SESSION_TOKEN"] = "HIDDEN\nX-Injected: yes";
        await Fails(Settings);

        service.Requests.ShouldBeEmpty();
        sts.Requests.ShouldBeEmpty();

        async Task Fails(ConnectionSettings settings)
        {
            var error = await Should.ThrowAsync<NoCredentialException>(async () =>
            {
                using var connection = await ConnectAsync(settings);
                await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
            });
            error.ToString().ShouldNotContain("HIDDEN");
            error.Message.ShouldEndWith(".");
        }
    }

    [Fact]
    public async Task A_single_sign_on_token_that_cannot_be_a_header_is_not_sent()
    {
        await using var portal = new ScriptedServer(AwsResponses.SsoCredentials("AKIDSIGNON", DateTimeOffset.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_SSO"] = portal.Url;
        AwsResponses.WriteSsoProfile(environment, DateTime.UtcNow.AddHours(4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        var cache = Directory.GetFiles(Path.Combine(environment.Home, ".aws", "sso", "cache")).Single();
        File.WriteAllText(cache, File.ReadAllText(cache).Replace("SIGNONTOKEN", @"HIDDEN\r\nX-Injected: yes", StringComparison.Ordinal));

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "work" }));

        error.ToString().ShouldNotContain("HIDDEN");
        portal.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sso_region = eu-west-1.evil.example/\nsso_account_id = 1\nsso_role_name = r\nsso_start_url = https://x\n", "sso_region")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nweb_identity_token_file = token\n", "absolute path")]
    public async Task A_setting_of_a_profile_that_cannot_be_used_is_named(string profile, string message)
    {
        environment.Config("[profile p]\n" + profile);

        (await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { ProfileName = "p" }))).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("text/html", "<html>Sign in</html>")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"AccessKeyId":"","SecretAccessKey":"","Expiration":"x"}""")]
    public async Task A_malformed_response_of_the_container_is_described_without_texts_of_NET(string type, string body)
    {
        await using var container = new ScriptedServer(ScriptedServer.Respond(200, type, body));
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";

        var error = await Should.ThrowAsync<NoCredentialException>(() => Try(Settings));

        error.Message.ShouldNotContain("LineNumber");
        error.Message.ShouldNotContain("Parameter");
        error.Message.ShouldNotContain("Value cannot be null");
        error.Message.ShouldEndWith(".");
    }

    [Fact]
    public async Task A_failure_of_a_key_source_is_a_credential_error_with_its_message()
    {
        var keys = new Keys("AKID", "x", null) { Failure = new KeysUnavailableException("The vault is sealed") };

        (await Should.ThrowAsync<NoCredentialException>(() => Try(Settings with { KeySource = keys }))).Message.ShouldBe("No credentials from a vault: The vault is sealed.");
    }

    // Anything but a failure of the source is a defect of this module, and must not look like missing credentials.
    [Fact]
    public async Task A_defect_of_a_key_source_is_not_a_credential_error() =>
        await Should.ThrowAsync<InvalidCastException>(() => Try(Settings with { KeySource = new Keys("AKID", "x", null) { Failure = new InvalidCastException("A defect") } }));

    [Fact]
    public async Task A_defect_during_a_credential_lookup_is_not_a_credential_error()
    {
        var clock = new FakeClock(DateTime.UtcNow);
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKID", DateTime.UtcNow.AddMinutes(10)));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment.Config("[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n");
        environment.Credentials("[base]\n" + ReadableKeys);
        using var connection = await new AppRunnerConnector(clock).ConnectAsync(Settings with { ProfileName = "role" }, TestContext.Current.CancellationToken);
        var asked = 0;
        clock.Asked = () => _ = ++asked == 2 ? throw new NotSupportedException("A defect") : asked;

        // The first time is asked for before the credentials are fetched again, the second one meanwhile.
        var error = await Should.ThrowAsync<NotSupportedException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.Message.ShouldBe("A defect");
    }

    [Fact]
    public async Task The_region_of_a_profile_in_the_Windows_store_is_used()
    {
        var stored = new CredentialProfile("stored", new CredentialProfileOptions { AccessKey = "AKIDSTORED", SecretKey = "x" }) { Region = Amazon.RegionEndpoint.EUNorth1 };
        var store = new WindowsProfileStore(name => name == "stored" ? stored : null, () => [stored]);
        var connector = new AppRunnerConnector(SystemClock.Instance, store);

        using (var connection = await connector.ConnectAsync(new ConnectionSettings(ProfileName: "stored", EndpointUrl: service.Url), TestContext.Current.CancellationToken))
        {
            connection.Region.ShouldBe("eu-north-1");
            await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
        }

        service.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDSTORED/");
        connector.GetProfileNames().ShouldBe(["stored"]);
        (await Should.ThrowAsync<NoCredentialException>(() => connector.ConnectAsync(new ConnectionSettings(ProfileName: "stroed"), TestContext.Current.CancellationToken)))
            .Message.ShouldEndWith("Did you mean \"stored\"?");
    }

    [Fact]
    public void Profile_names_of_both_files_are_listed_sorted()
    {
        environment.Config("[default]\n[profile zeta]\nregion = x\n[sso-session corp]\n[services mine]\n[plugins]\ncli = x\n[profile \"with blank\"]\n");
        environment.Credentials("[alpha]\n[zeta]\n");

        new AppRunnerConnector().GetProfileNames().ShouldBe(["alpha", "default", "with blank", "zeta"]);
    }

    [Fact]
    public void Without_files_no_profile_names_are_listed() => new AppRunnerConnector().GetProfileNames().ShouldBeEmpty();

    private static async Task Until(Func<bool> condition)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !condition(); await Task.Delay(10, TestContext.Current.CancellationToken))
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static int Sleeping(string seconds) => System.Diagnostics.Process.GetProcessesByName("sleep").Count(process => CommandLine(process) == $"sleep\0{seconds}\0");

    private static string CommandLine(System.Diagnostics.Process process)
    {
        using (process)
        {
            try
            {
                return File.ReadAllText($"/proc/{process.Id}/cmdline");
            }
            catch (IOException)
            {
                return string.Empty;
            }
        }
    }

    private static Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings) =>
        new AppRunnerConnector().ConnectAsync(settings, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private static async Task Try(ConnectionSettings settings)
    {
        using var connection = await ConnectAsync(settings);
    }

    private async Task<(string AccessKey, string Source)> Signer(ConnectionSettings settings)
    {
        using var connection = await ConnectAsync(settings);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
        var authorization = service.Requests[^1].Headers["Authorization"];
        var start = authorization.IndexOf("Credential=", StringComparison.Ordinal) + "Credential=".Length;
        return (authorization[start..authorization.IndexOf('/', start)], connection.CredentialSource);
    }

    private sealed class Keys(string accessKey, string secretKey, string? token) : IKeySource
    {
        public string Name => "a vault";

        public Exception? Failure { get; init; }

        public Task<(string AccessKey, string SecretKey, string? SessionToken)> GetKeysAsync() =>
            Failure is null ? Task.FromResult((accessKey, secretKey, token)) : Task.FromException<(string, string, string?)>(Failure);
    }
}
