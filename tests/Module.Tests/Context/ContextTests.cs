using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Loading;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Context;

public sealed class ContextTests : IAsyncDisposable
{
    private readonly Session session = Session.Plain();
    private readonly ScriptedServer server = new(ScriptedServer.Respond("{}"));

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public void Defaults_are_used_by_every_call_until_they_are_cleared()
    {
        session.Run($"Set-ARContext eu-west-3 -AccessKey AKIDCONTEXT -SecretKey s -SessionToken the-token -EndpointUrl {server.Url}; Get-ARService").ShouldBeClean();

        var headers = server.Requests.Single().Headers;
        headers["Authorization"].ShouldContain("Credential=AKIDCONTEXT/");
        headers["Authorization"].ShouldContain("/eu-west-3/apprunner/");
        headers["X-Amz-Security-Token"].ShouldBe("the-token");
        session.Run("Clear-ARContext; (Get-ARContext).EndpointUrl").Output.Select(item => item?.ToString()).ShouldNotContain(server.Url);
    }

    [Theory]
    [InlineData("@{ RequestTimeout = '00:01:30' }", "00:01:30")]
    [InlineData("[pscustomobject]@{ RequestTimeout = '90' }", "00:01:30")]
    [InlineData("@{ RequestTimeout = 90 }", "00:01:30")]
    public void A_time_limit_from_an_object_is_seconds_or_a_time_span(string input, string expected) =>
        session.Run($"({input} | Set-ARContext -PassThru).RequestTimeout.ToString()").Output.Select(item => item?.ToString()).ShouldBe([expected]);

    [Fact]
    public void Another_text_as_a_time_limit_from_an_object_is_an_error() =>
        session.Run("@{ RequestTimeout = 'abc' } | Set-ARContext").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe("RequestTimeout: 'abc' is not a duration. Give a number of seconds, or a duration such as 90s, 5m, 1h30m or 00:05:00.");

    [Fact]
    public void Set_ARContext_keeps_settings_that_are_not_given_and_replaces_credentials()
    {
        session.Run($"Set-ARContext -Region eu-west-3 -AccessKey AKIDONE -SecretKey s -SessionToken old -EndpointUrl {server.Url}").ShouldBeClean();
        session.Run("Set-ARContext -AccessKey AKIDTWO -SecretKey s2; Set-ARContext -Region eu-west-2; Get-ARService").ShouldBeClean();

        var headers = server.Requests.Single().Headers;
        headers["Authorization"].ShouldContain("Credential=AKIDTWO/");
        headers["Authorization"].ShouldContain("/eu-west-2/");
        headers.Keys.ShouldNotContain("X-Amz-Security-Token");
    }

    [Fact]
    public void Parameters_take_precedence_over_the_context()
    {
        session.Run($"Set-ARContext -Region eu-west-3 -AccessKey AKIDONE -SecretKey s -EndpointUrl http://127.0.0.1:9; Get-ARService -Region us-west-2 -AccessKey AKIDTWO -SecretKey t -EndpointUrl {server.Url}").ShouldBeClean();

        server.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDTWO/");
        server.Requests.Single().Headers["Authorization"].ShouldContain("/us-west-2/");
    }

    [Theory]
    [InlineData("[pscredential]::new('AKIDOBJECT', $secret)")]
    [InlineData("@{ AccessKey = 'AKIDOBJECT'; SecretKey = 's' }")]
    [InlineData("[pscustomobject]@{ AccessKeyId = 'AKIDOBJECT'; SecretAccessKey = 's'; SessionToken = 't' }")]
    public void Credential_accepts_all_common_credential_types(string credential)
    {
        session.Run(
            $"$secret = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object {{ $secret.AppendChar($_) }}; Get-ARService -Region us-east-1 -EndpointUrl {server.Url} -Credential ({credential})").ShouldBeClean();

        server.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDOBJECT/");
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("$nothingIsInHere")]
    [InlineData("([pscredential]::Empty)")]
    public void An_invalid_credential_is_an_error_without_fallback(string credential)
    {
        foreach (var command in new[] { "Get-ARService", "Set-ARContext" })
            session.Run($"{command} -Region us-east-1 -EndpointUrl {server.Url} -Credential {credential}").ErrorWith("InvalidParameter").ToString().ShouldContain("-Credential is $null");

        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-ProfileName x -AccessKey a -SecretKey b", "cannot be combined")]
    [InlineData("-AccessKey a", "must be used together")]
    [InlineData("-SecretKey a", "must be used together")]
    [InlineData("-SessionToken a", "must be used together")]
    [InlineData("-AccessKey a -SecretKey b -Credential @{ AccessKey = 'c'; SecretKey = 'd' }", "-Credential cannot be combined")]
    public void Two_kinds_of_credentials_or_one_key_alone_are_rejected(string parameters, string message)
    {
        foreach (var command in new[] { "Get-ARService", "Set-ARContext", "Suspend-ARService web1", $"New-ARService web1 {Session.Image}" })
            session.Run($"{command} {parameters}").ErrorWith("InvalidParameter").ToString().ShouldContain(message);
    }

    [Fact]
    public void Get_ARContext_shows_no_secrets()
    {
        var result = session.Run($"Set-ARContext -Region eu-west-3 -AccessKey AKIDONE -SecretKey hush -SessionToken hushhush -EndpointUrl {server.Url} -PassThru; Get-ARContext");

        result.ShouldBeClean();
        foreach (var context in result.Output)
        {
            context!.Properties["Region"].Value.ShouldBe("eu-west-3");
            context.Properties["AccessKey"].Value.ShouldBe("AKIDONE");
            context.Properties.Select(property => property.Value as string ?? string.Empty).ShouldAllBe(text => !text.Contains("hush"));
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Get_ARContext_shows_what_is_in_force_and_where_it_comes_from(int columns)
    {
        var lines = await WithProfiles(
            "[profile dev]\nregion = eu-west-3\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = hush\n",
            $"Get-ARContext | Out-String -Width {columns} -Stream; $now = Get-ARContext; \"$($now.Region)|$($now.ProfileName)|$($now.AccountId)|$($now.EndpointUrl)|$($now.Problems.Count)\"",
            ("AWS_PROFILE", "dev"), ("AWS_MAX_ATTEMPTS", "5"), ("HTTPS_PROXY", "http://user:hush@proxy:3128"), ("NO_PROXY", ""));

        lines.ShouldBe([
            "Region         : eu-west-3 (region of profile \"dev\")",
            "Profile        : dev (AWS_PROFILE)",
            .. columns == 80
                ? new[] { "Credentials    : role arn:aws:iam::123456789012:role/deployer, by profile \"base\"", "(profile \"dev\" (AWS_PROFILE))" }
                : ["Credentials    : role arn:aws:iam::123456789012:role/deployer, by profile \"base\" (profile \"dev\" (AWS_PROFILE))"],
            "Account        : 123456789012 (role_arn of profile \"dev\")",
            "Endpoint       : https://apprunner.eu-west-3.amazonaws.com/ (region)",
            "RequestTimeout : 60 s (default)",
            "MaxAttempts    : 5 (AWS_MAX_ATTEMPTS)",
            "Proxy          : http://proxy:3128 (HTTPS_PROXY)",
            "IsLocal        : False",
            "eu-west-3|dev|123456789012||0"]);
    }

    [Fact]
    public async Task A_deleted_profile_is_a_problem_in_the_words_of_the_call_and_no_error()
    {
        var lines = await WithProfiles(
            "[profile develop]\nregion = eu-west-3\n",
            "$now = Get-ARContext; $now.Problems; $now.Credentials; try { Get-ARService -ErrorAction Stop } catch { \"$_\" }; $now | Out-String -Width 400 -Stream | Select-String ^Problem",
            ("AWS_PROFILE", "develp"), ("AWS_REGION", "eu-west-1"));

        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("There is no profile named \"develp\" (from AWS_PROFILE) in ");
        lines[0].ShouldEndWith(" Did you mean \"develop\"?");
        lines[1].ShouldBe(lines[0]);
        lines[2].ShouldBe("Problem        : " + lines[0]);
    }

    [Theory]
    [InlineData("AWS_REGION", "useast1", "us-east-1")]
    [InlineData("AWS_REGION", "eu-west-9", "eu-west-1")]
    [InlineData("AWS_REGION", "EU-West-1", null)]
    [InlineData("AWS_PROFILE", "dev", "us-west-2")]
    public async Task A_region_that_is_not_known_is_a_problem_that_names_its_source(string variable, string value, string? meant)
    {
        var lines = await WithProfiles("[profile dev]\nregion = uswest2\naws_access_key_id = AKIDBASE\naws_secret_access_key = hush\n", "(Get-ARContext).Problems", (variable, value));

        if (meant is null)
            lines.ShouldNotContain(line => line.StartsWith("Region '", StringComparison.Ordinal));
        else
            lines.ShouldContain($"Region '{(value == "dev" ? "uswest2" : value)}' (from {(value == "dev" ? "region of profile \"dev\"" : variable)}) is not one of the regions with App Runner that this version knows. Did you mean \"{meant}\"?");
    }

    [Fact]
    public void Set_ARContext_warns_about_a_region_that_is_not_known()
    {
        foreach (var script in new[] { "Set-ARContext useast1", "Set-ARContext -Region useast1", "@{ Region = 'useast1' } | Set-ARContext" })
            session.Run(script).Warnings.ShouldHaveSingleItem().ShouldBe("Region 'useast1' is not one of the regions with App Runner that this version knows. Did you mean \"us-east-1\"?");
        session.Run("Set-ARContext us-east-1").Warnings.ShouldBeEmpty();

        // A given endpoint decides where the request goes.
        session.Run($"Set-ARContext elsewhere-1 -EndpointUrl {server.Url} 3>$null; (Get-ARContext).Problems").All<string>().ShouldNotContain(problem => problem.StartsWith("Region", StringComparison.Ordinal));
    }

    [Fact]
    public void The_settings_of_a_local_endpoint_and_of_Set_ARContext_name_their_sources()
    {
        using var local = Session.Local("-OperationDuration 0 -Region ap-south-1 -AccountId 123456789012");

        var settings = local.Run("Set-ARContext -RequestTimeout 90; (Get-ARContext).Settings").All<ContextSetting>().ToDictionary(setting => setting.Name, setting => setting.ToString());

        settings["Region"].ShouldBe("ap-south-1 (local endpoint)");
        settings["Credentials"].ShouldBe($"access key {local.Endpoint.AccessKey} (local endpoint)");
        settings["Account"].ShouldBe("123456789012 (local endpoint)");
        settings["Endpoint"].ShouldBe($"{local.Endpoint.EndpointUrl.TrimEnd('/')}/ (local endpoint)");
        settings["RequestTimeout"].ShouldBe("90 s (Set-ARContext)");
        local.Run("(Set-ARContext eu-west-1 -PassThru).Settings | Where-Object Name -eq Region").All<ContextSetting>().Single().ToString().ShouldBe("eu-west-1 (Set-ARContext)");
    }

    [Fact]
    public void Variables_of_AWS_Tools_are_sources_and_a_useless_one_is_a_problem()
    {
        // Other tests of the process have local endpoints, which come first.
        session.Run($"Set-ARContext -EndpointUrl {server.Url}").ShouldBeClean();
        session.Run("$StoredAWSCredentials = @{ AccessKey = 'AKIDTOOLS'; SecretKey = 'hush' }; $StoredAWSRegion = 'eu-north-1'; (Get-ARContext).Settings | Where-Object Name -in Region, Credentials | ForEach-Object ToString").All<string>()
            .ShouldBe(["eu-north-1 ($StoredAWSRegion)", "access key AKIDTOOLS ($StoredAWSCredentials)"]);
        session.Run("$StoredAWSCredentials = 42; (Get-ARContext).Problems").All<string>().Single().ShouldStartWith("$StoredAWSCredentials contains an object of type System.Int32, which provides no keys. Set it again");
        session.Run("$StoredAWSCredentials = $null; $StoredAWSRegion = 1, 2; (Get-ARContext).Problems").All<string>().ShouldContain(problem => problem.StartsWith("$StoredAWSRegion contains", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_account_is_known_after_a_response_in_all_regions_and_only_for_the_same_credentials()
    {
        await using var aws = new ScriptedServer(ScriptedServer.Respond("""{"ServiceSummaryList":[{"ServiceName":"web","ServiceArn":"arn:aws:apprunner:eu-west-3:123456789012:service/web/8fe1e10304f84fd2b0df550fe98a71fa"}]}"""));
        session.Run($"Set-ARContext eu-west-3 -AccessKey AKIDSEEN -SecretKey s -EndpointUrl {aws.Url}").ShouldBeClean();
        Setting().ShouldBe("(not known before the first call)");
        Question($"New-ARService web1 {Session.Image} -Confirm").ShouldContain("\"Create\" on target \"service web1 in eu-west-3, credentials: given keys\"");

        session.Run("Get-ARService").ShouldBeClean();

        Setting().ShouldBe("123456789012 (seen in a response)");
        Question($"New-ARService web1 {Session.Image} -Confirm -Region eu-west-1").ShouldContain("\"Create\" on target \"service web1 in eu-west-1, account 123456789012\"");
        Question($"New-ARService web1 {Session.Image} -Confirm -AccessKey AKIDOTHER -SecretKey s").ShouldContain("in eu-west-3, credentials: given keys\"");
        Question("Remove-ARService arn:aws:apprunner:us-west-2:210987654321:service/old/8fe1e10304f84fd2b0df550fe98a71fa -Confirm").ShouldContain("\"Remove\" on target \"service old in us-west-2, account 210987654321\"");

        string Setting() => session.Run("(Get-ARContext).Settings | Where-Object Name -eq Account").All<ContextSetting>().Single().ToString();

        string Question(string command)
        {
            session.Host.Questions.Clear();
            session.Host.Reply = "No";
            session.Run(command).ShouldBeClean();
            return session.Host.Questions.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void An_earlier_context_is_set_again_with_its_keys_but_not_with_what_the_environment_gave()
    {
        session.Run($"Set-ARContext eu-west-3 -AccessKey AKIDONE -SecretKey s -SessionToken the-token -EndpointUrl {server.Url}; $before = Get-ARContext").ShouldBeClean();

        session.Run("Set-ARContext eu-west-1 -AccessKey AKIDTWO -SecretKey s2; $before | Set-ARContext; Get-ARService").ShouldBeClean();

        var headers = server.Requests.Single().Headers;
        headers["Authorization"].ShouldContain("Credential=AKIDONE/");
        headers["Authorization"].ShouldContain("/eu-west-3/");
        headers["X-Amz-Security-Token"].ShouldBe("the-token");
        using var local = Session.Local("-OperationDuration 0");
        local.Run("Get-ARContext | Set-ARContext; (Get-ARContext).IsLocal").All<bool>().Single().ShouldBeTrue();
    }

    // 1 is the depth of a job, 2 that of Export-Clixml.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_context_of_a_job_or_a_file_sets_what_Set_ARContext_had_set(int depth) =>
        session.Run($$"""
            Set-ARContext eu-west-3 -ProfileName dev -EndpointUrl https://apprunner.example.com -RequestTimeout 90 -UseFipsEndpoint false
            {{Stored(depth)}}
            Clear-ARContext
            $now = $stored | Set-ARContext -PassThru
            "$($now.Region) $($now.ProfileName) $($now.EndpointUrl) $($now.RequestTimeout) $($now.UseFipsEndpoint)"
            """).All<string>().ShouldBe(["eu-west-3 dev https://apprunner.example.com 00:01:30 False"]);

    [Fact]
    public async Task A_context_of_a_file_never_sets_a_default_profile_region_or_endpoint_that_was_only_shown()
    {
        var lines = await WithProfiles(
            "[default]\nregion = eu-west-3\naws_access_key_id = AKIDFILE\naws_secret_access_key = hush\naws_account_id = 999999999999\n",
            $"$before = Get-ARContext; {Stored(2)}; $now = $stored | Set-ARContext -PassThru; \"$($before.ProfileName)|$($before.EndpointUrl)\"; $before.Defaults.Count; $now.Defaults.Count; \"$($now.Credentials) $($now.AccountId)\"",
            ("AWS_ACCESS_KEY_ID", "AKIDVARIABLE"), ("AWS_SECRET_ACCESS_KEY", "hush"), ("AWS_ACCOUNT_ID", "123456789012"), ("AWS_ENDPOINT_URL", "https://apprunner.example.com"));

        lines.ShouldBe(["default|https://apprunner.example.com/", "0", "0", "access key AKIDVARIABLE 123456789012"]);
    }

    [Fact]
    public void A_context_of_a_local_endpoint_in_a_file_sets_neither_its_keys_nor_its_URL()
    {
        using var local = Session.Local("-OperationDuration 0 -Region ap-south-1");

        local.Run($"Set-ARContext -RequestTimeout 90; {Stored(2)}; Clear-ARContext; ($stored | Set-ARContext -PassThru) | ForEach-Object {{ \"$($_.IsLocal) $($_.Region) $($_.RequestTimeout) $($_.Defaults.Keys)\" }}")
            .All<string>().ShouldBe(["True ap-south-1 00:01:30 RequestTimeout"]);
    }

    [Theory]
    [InlineData("-AccessKey AKIDSAVED -SecretKey hush", "Give -SecretKey too, or other credentials.")]
    [InlineData("-AccessKey AKIDSAVED -SecretKey hush -SessionToken hush", "Give -SecretKey and -SessionToken too, or other credentials.")]
    [InlineData("-Credential ([AppRunner.Module.Tests.Connections.RotatingCredentials]::new())", "Give -Credential too, or other credentials.")]
    public void A_context_of_a_file_had_credentials_whose_secrets_must_be_given(string credentials, string advice)
    {
        session.Run($"Set-ARContext eu-west-3 {credentials} -EndpointUrl {server.Url}; {Stored(2)}; Clear-ARContext").ShouldBeClean();

        session.Run("$stored | Set-ARContext").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe("The context had credentials of Set-ARContext, and a file or a job keeps no secret. " + advice);
        session.Run("(Get-ARContext).Defaults.Count").All<int>().ShouldBe([0]);
        session.Run("$text").AllText.ShouldNotContain("hush");
        foreach (var others in new[] { "-ProfileName dev", "-AccessKey AKIDTWO -SecretKey s", "-Credential @{ AccessKey = 'AKIDTWO'; SecretKey = 's' }" })
            session.Run($"($stored | Set-ARContext {others} -PassThru).Defaults.Region").All<string>().ShouldBe(["eu-west-3"], others);
    }

    [Fact]
    public void The_access_key_of_a_file_is_used_with_a_secret_key_of_the_command_line()
    {
        session.Run($"Set-ARContext eu-west-3 -AccessKey AKIDSAVED -SecretKey s -EndpointUrl {server.Url}; {Stored(2)}; Clear-ARContext; $stored | Set-ARContext -SecretKey s; Get-ARService").ShouldBeClean();

        server.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDSAVED/");
    }

    private static string Stored(int depth) =>
        $"$text = [System.Management.Automation.PSSerializer]::Serialize((Get-ARContext), {depth}); $stored = [System.Management.Automation.PSSerializer]::Deserialize($text) | Add-Member PSComputerName localhost -PassThru";

    [Fact]
    public void A_local_endpoint_is_used_until_credentials_or_an_endpoint_are_set()
    {
        using var local = Session.Local("-OperationDuration 0 -Region ap-south-1");
        local.Run("Get-ARContext | ForEach-Object { \"$($_.IsLocal) $($_.Region)\" }").All<string>().Single().ShouldBe("True ap-south-1");
        local.Run("Get-ARService").ShouldBeClean();
        local.Endpoint.RequestCount.ShouldBe(1);

        local.Run($"Set-ARContext -Region us-east-1 -AccessKey AKIDONE -SecretKey s -EndpointUrl {server.Url}; Get-ARService").ShouldBeClean();
        server.Requests.Count.ShouldBe(1);
        local.Run("(Get-ARContext).IsLocal").All<bool>().Single().ShouldBeFalse();

        local.Run("Clear-ARContext; Get-ARService").ShouldBeClean();
        local.Endpoint.RequestCount.ShouldBe(2);
    }

    [Fact]
    public void Two_sessions_keep_their_own_endpoints_and_defaults()
    {
        using var one = Session.Local("-OperationDuration 0");
        using var two = Session.Local("-OperationDuration 0");
        one.NewService("only-one");

        two.Run("Get-ARService").Output.ShouldBeEmpty();
        one.Run("Get-ARService").Output.Count.ShouldBe(1);
    }

    [Fact]
    public void A_local_endpoint_of_another_session_is_used_by_URL_and_keys()
    {
        using var one = Session.Local("-OperationDuration 0");
        one.NewService("shared");

        session.Run($"Get-ARService -Region us-east-1 -EndpointUrl {one.Endpoint.EndpointUrl} -AccessKey {one.Endpoint.AccessKey} -SecretKey {one.Endpoint.SecretKey}")
            .All<ServiceSummary>().Single().ServiceName.ShouldBe("shared");
    }

    [Fact]
    public void Endpoints_are_listed_and_stopped_by_port_and_by_pipeline()
    {
        using var local = Session.Local("-AccountId 123456789012 -AccessKey AKIDMINE -SecretKey mine");
        var endpoint = local.Endpoint;
        endpoint.AccountId.ShouldBe("123456789012");
        endpoint.AccessKey.ShouldBe("AKIDMINE");
        local.Run($"Get-ARLocalEndpoint {endpoint.Port}").All<LocalEndpoint>().ShouldHaveSingleItem().ShouldBeSameAs(endpoint);

        local.Run($"Stop-ARLocalEndpoint {endpoint.Port} -WhatIf").ShouldBeClean();
        endpoint.IsRunning.ShouldBeTrue();
        local.Run($"Get-ARLocalEndpoint {endpoint.Port} | Stop-ARLocalEndpoint").ShouldBeClean();

        endpoint.IsRunning.ShouldBeFalse();
        local.Run($"Get-ARLocalEndpoint {endpoint.Port}").ErrorWith("LocalEndpointError");
        local.Run($"Stop-ARLocalEndpoint {endpoint.Port}").ErrorWith("LocalEndpointError");
    }

    [Theory]
    [InlineData("-AccountId 12")]
    [InlineData("-Region 'x y'")]
    [InlineData("-AccessKey only")]
    [InlineData("-OperationDuration 90000")]
    public void Options_of_the_local_endpoint_are_validated(string option) => session.Run("Start-ARLocalEndpoint " + option).Errors.ShouldHaveSingleItem().Id().ShouldBe("InvalidParameter");

    // In a separate process, with these AWS files and variables alone. The probe lists loaded assemblies after the output.
    private static async Task<string[]> WithProfiles(string config, string script, params (string Name, string Value)[] variables)
    {
        var home = Directory.CreateTempSubdirectory("apprunner-tests-");
        try
        {
            var file = Path.Combine(home.FullName, "config");
            await File.WriteAllTextAsync(file, config, TestContext.Current.CancellationToken);
            var lines = await Probe.StartAsync(script, [("HOME", home.FullName), ("USERPROFILE", home.FullName), ("AWS_CONFIG_FILE", file), ("AWS_EC2_METADATA_DISABLED", "true"), .. variables]);
            return [.. lines.Where(line => !line.StartsWith("LOADED ", StringComparison.Ordinal))];
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public void Removing_the_module_stops_the_sessions_endpoint()
    {
        using var local = Session.Local();

        local.Run("Remove-Module AppRunner").ShouldBeClean();

        local.Endpoint.IsRunning.ShouldBeFalse();
    }
}
