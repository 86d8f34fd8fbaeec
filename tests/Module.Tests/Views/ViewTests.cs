using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Views;

/// <summary>The default views of the output types.</summary>
public sealed class ViewTests : IDisposable
{
    private const int Wide = 120;

    private static readonly XDocument Formats = XDocument.Load(Path.Combine(StagedModule.Folder, "AppRunner.Format.ps1xml"));
    private static readonly XDocument Types = XDocument.Load(Path.Combine(StagedModule.Folder, "AppRunner.Types.ps1xml"));
    private static readonly Type[] ShownTypes = FindShownTypes();

    private readonly Session session = Session.Local("-OperationDuration 0");

    public static TheoryData<string> Shown => [.. ShownTypes.Select(type => type.FullName!)];

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_tested_types_are_the_output_types_and_their_members()
    {
        var shown = ShownTypes.Select(type => type.Name).ToArray();

        shown.ShouldContain(nameof(AutoScalingConfiguration));
        shown.ShouldContain(nameof(CertificateValidationRecord));
        shown.ShouldContain(nameof(ImageConfiguration));
        shown.ShouldContain("DnsRecord");
        shown.ShouldContain("ConnectionContext");
    }

    [Fact]
    public void A_table_of_services_shows_name_status_and_address_in_80_columns()
    {
        session.NewService("web1");

        var lines = session.Run("Get-ARService | Format-Table | Out-String -Stream -Width 80").All<string>().Where(line => line.Length > 0).ToArray();

        lines[0].ShouldMatch("^ServiceName +Status +ServiceUrl");
        lines[2].ShouldMatch(@"^web1 +RUNNING +\S+\.simulated\.invalid");
        lines.Length.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Every_type_has_a_table_a_list_and_a_default_property_set(string name)
    {
        var views = ViewsOf(name);
        var afterOthers = Types.Root!.Elements("Type").Single(type => (string)type.Element("Name")! == name)
            .Descendants("ReferencedProperties").Elements("Name").Select(property => property.Value).ToArray();

        views.Elements("TableControl").ShouldNotBeEmpty();
        views.Elements("ListControl").ShouldNotBeEmpty();
        afterOthers.ShouldNotBeEmpty();
        var members = TypeOf(name).GetProperties().Select(property => property.Name).ToArray();
        afterOthers.ShouldBeSubsetOf(members);
        PropertiesOf(views.Elements("ListControl")).ShouldBeSubsetOf(members);
        PropertiesOf(views.Elements("TableControl")).ShouldBeSubsetOf(members);
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_table_fits_into_120_columns_and_has_no_resource_ARN(string name)
    {
        var table = ViewsOf(name).Elements("TableControl").ShouldHaveSingleItem();
        var headers = table.Descendants("TableColumnHeader").ToArray();

        headers.Length.ShouldBe(table.Descendants("TableColumnItem").Count());
        (headers.Sum(header => (int?)header.Element("Width") ?? 0) + headers.Length - 1).ShouldBeLessThanOrEqualTo(Wide);
        if (typeof(IResource).IsAssignableFrom(TypeOf(name)))
            PropertiesOf([table]).Where(property => property.EndsWith("Arn", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // How PowerShell fits columns with a width: it leaves out the last ones, and narrows the last that stays.
    [Theory]
    [MemberData(nameof(Shown))]
    public void In_80_and_120_columns_no_column_is_squeezed(string name)
    {
        var table = ViewsOf(name).Elements("TableControl").ShouldHaveSingleItem();
        var widths = table.Descendants("TableColumnHeader").Select(header => (int?)header.Element("Width") ?? 0).ToList();
        if (widths.Contains(0))
            return;
        foreach (var screen in new[] { 80, Wide })
        {
            var excess = widths.Sum() + widths.Count - 1 - screen;
            var shown = widths.ToList();
            while (excess >= shown[^1])
            {
                excess -= shown[^1] + 1;
                shown.RemoveAt(shown.Count - 1);
            }

            if (excess > 0)
                (table.Descendants("Wrap").Any() && shown[^1] - excess >= 30).ShouldBeTrue($"The last of {shown.Count} columns has {shown[^1] - excess} of {shown[^1]} in {screen}.");
        }
    }

    [Fact]
    public void Lists_have_no_columns_that_are_always_empty()
    {
        session.Run("New-ARAutoScalingConfiguration high -MaxConcurrency 50 -MinSize 2 -MaxSize 10").ShouldBeClean();

        Lines("Get-ARAutoScalingConfiguration")[0].ShouldMatch("^AutoScalingConfigurationName +Revision Status +IsDefault InUse$");
        var described = Lines("Get-ARAutoScalingConfiguration high");
        described[0].ShouldMatch("^AutoScalingConfigurationName +Revision Status +IsDefault InUse MinSize MaxSize$");
        described[^1].ShouldMatch("^high +1 ACTIVE +False +False +2 +10$");
        Lines("Get-ARObservabilityConfiguration")[0].ShouldMatch("^ObservabilityConfigurationName +Revision Region$");
        Lines("[AppRunner.Model.VpcIngressConnectionSummary]@{ VpcIngressConnectionArn = 'arn:aws:apprunner:us-east-1:000000000000:vpcingressconnection/inner/0123456789abcdef0123456789abcdef' }")[0]
            .ShouldMatch("^VpcIngressConnectionName +ServiceName( +Region)?$");
    }

    [Fact]
    public void A_local_service_shows_the_URL_that_works()
    {
        const string Url = "0123456789abcdef0123456789abcdef.us-east-1.localhost:65535";

        Lines($"[AppRunner.Model.ServiceSummary]@{{ ServiceName = 'quickstart'; Status = 'OPERATION_IN_PROGRESS'; ServiceUrl = '{Url}' }}")[^1]
            .ShouldMatch("^quickstart +OPERATION_IN_PROGRESS http://127.0.0.1:65535/$");
    }

    [Theory]
    [InlineData("RUNNING", "\u001b[92m")]
    [InlineData("CREATE_FAILED", "\u001b[91m")]
    [InlineData("OPERATION_IN_PROGRESS", "\u001b[93m")]
    [InlineData("PAUSED", "")]
    public void A_status_has_the_color_of_its_meaning(string status, string color)
    {
        var service = $"[AppRunner.Model.ServiceSummary]@{{ ServiceName = 'web1'; Status = '{status}' }}";
        foreach (var format in new[] { "Format-Table", "Format-List" })
        {
            var shown = session.Run($"$PSStyle.OutputRendering = 'Ansi'; try {{ {service} | {format} | Out-String }} finally {{ $PSStyle.OutputRendering = 'Host' }}").All<string>().ShouldHaveSingleItem();

            shown.ShouldContain(color + status);
            shown.Contains("[9", StringComparison.Ordinal).ShouldBe(color.Length > 0);
        }

        // Windows PowerShell has no $PSStyle.
        Lines($"& {{ $PSStyle = $null; {service} | Format-Table }}")[^1].ShouldMatch($"^web1 +{status}$");
    }

    [Fact]
    public void A_name_of_18_characters_and_its_URL_are_not_wrapped()
    {
        const string Summary = "[AppRunner.Model.ServiceSummary]@{ ServiceName = 'payments-api-prod2'; Status = 'OPERATION_IN_PROGRESS'; ServiceUrl = 'psbqam834h.us-east-1.awsapprunner.com' }";
        foreach (var width in new[] { 80, Wide })
        {
            session.Run($"{Summary} | Out-String -Stream -Width {width}").All<string>().Where(line => line.Length > 0).Last()
                .ShouldStartWith("payments-api-prod2 OPERATION_IN_PROGRESS psbqam834h.us-east-1.awsapprunner.com");
        }
    }

    [Theory]
    [InlineData("payments-api-production-eu", "payments-api-", "production-eu")]
    [InlineData("payments-api-production-eu-west-1-blue02", "payments-api-", "production-eu-", "west-1-blue02")]
    public void A_long_name_continues_after_a_hyphen(string name, params string[] parts)
    {
        foreach (var width in new[] { 80, Wide })
        {
            var summary = Table($"[AppRunner.Model.ServiceSummary]@{{ ServiceName = '{name}'; Status = 'OPERATION_IN_PROGRESS'; ServiceUrl = 'psbqam834h.us-east-1.awsapprunner.com' }}", width);
            summary[2].ShouldStartWith(parts[0].PadRight(19) + "OPERATION_IN_PROGRESS psbqam834h.us-east-1.awsapprunner.com");
            summary.Skip(3).ShouldBe(parts.Skip(1));
            Table($"[AppRunner.Model.ServiceProbe]@{{ ServiceName = '{name}' }}", width).Skip(2).Select(line => line.Split(' ')[0]).ShouldBe(parts);
            string.Concat(Table($"[pscustomobject]@{{ PSTypeName = 'AppRunner.Model.ServiceMigration'; ServiceName = '{name}'; Status = 'Ready'; Finding = @() }}", width).Skip(2).Select(line => line.Split(' ')[0])).ShouldBe(name);
        }
    }

    [Theory]
    [InlineData("simulated: nothing runs there")]
    [InlineData("PAUSED")]
    [InlineData("the host name cannot be resolved")]
    [InlineData("the connection attempt timed out")]
    [InlineData("no response within 1000.5 s")]
    public void The_reason_of_a_failed_probe_is_on_one_line(string error)
    {
        foreach (var width in new[] { 80, Wide })
            Table($"[AppRunner.Model.ServiceProbe]@{{ ServiceName = 'web1'; Url = 'https://psbqam834h.us-east-1.awsapprunner.com/'; Error = '{error}' }}", width)[^1].ShouldEndWith(" " + error);
    }

    [Fact]
    public void The_parameters_that_decide_a_migration_are_not_broken()
    {
        const string Finding = "[pscustomobject]@{ PSTypeName = 'AppRunner.Model.ServiceMigration'; ServiceName = 'web1'; Status = 'Ready'; Finding = @('HealthCheckPath', 'AutoScalingMetric', 'ExecutionRoleArn' | ForEach-Object { [pscustomobject]@{ Parameter = $_ } }) }";

        foreach (var width in new[] { 80, Wide })
            Table(Finding, width).Skip(2).SelectMany(line => line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).ShouldBeSubsetOf(["web1", "HealthCheckPath", "AutoScalingMetric", "ExecutionRoleArn", "3", "Ready"]);
    }

    [Fact]
    public void The_list_of_a_service_has_its_settings_and_no_secret_values()
    {
        session.Run("""
            function ConvertTo-Map($Table) { $map = [System.Collections.Generic.Dictionary[string, string]]::new(); foreach ($name in $Table.Keys) { $map[$name] = $Table[$name] }; $map }
            $settings = @{ Port = '9000'; StartCommand = 'run --key hidden1'; RuntimeEnvironmentVariables = ConvertTo-Map @{ MODE = 'hidden2'; LEVEL = 'hidden3'; 'hidden4 ?' = 'x' }; RuntimeEnvironmentSecrets = ConvertTo-Map @{ DB_PASSWORD = 'arn:aws:ssm:us-east-1:000000000000:parameter/hidden5' } }
            $instance = [AppRunner.Model.InstanceConfiguration]@{ InstanceRoleArn = 'arn:aws:iam::000000000000:role/instance' }
            $image = [AppRunner.Model.Service]@{ InstanceConfiguration = $instance; SourceConfiguration = @{ AutoDeploymentsEnabled = $false; AuthenticationConfiguration = @{ AccessRoleArn = 'arn:aws:iam::000000000000:role/access' }; ImageRepository = @{ ImageIdentifier = 'public.ecr.aws/a/b:1'; ImageConfiguration = $settings } } }
            $code = [AppRunner.Model.Service]@{ SourceConfiguration = @{ AuthenticationConfiguration = @{ ConnectionArn = 'arn:aws:apprunner:us-east-1:000000000000:connection/github/0123456789abcdef0123456789abcdef' }; CodeRepository = @{ RepositoryUrl = 'https://github.com/a/b'; SourceCodeVersion = @{ Value = 'main' }; CodeConfiguration = @{ ConfigurationSource = 'API'; CodeConfigurationValues = ($settings + @{ Runtime = 'NODEJS_22'; BuildCommand = 'hidden6' }) } } } }
            """).ShouldBeClean();
        foreach (var (script, own) in new[]
        {
            ("$image", new[] { "AutoDeploy : False", "AccessRole : arn:aws:iam::000000000000:role/access", "InstanceRole : arn:aws:iam::000000000000:role/instance" }),
            ("$code", ["Source : https://github.com/a/b (main)", "Settings : API", "Runtime : NODEJS_22", "BuildCommand : set (masked)", "Connection : arn:aws:apprunner:us-east-1:000000000000:connection/github/0123456789abcdef0123456789abcdef"]),
        })
        {
            var lines = session.Run($"{script} | Format-List | Out-String -Stream -Width 200").All<string>().Select(line => Regex.Replace(line, " +", " ").Trim()).ToArray();

            string[] expected = [.. own, "Port : 9000", "StartCommand : set (masked)", "Variables : *****, LEVEL, MODE", "Secrets : DB_PASSWORD"];
            expected.ShouldBeSubsetOf(lines);
            string.Concat(lines).ShouldNotContain("hidden");
        }

        Labels("[AppRunner.Model.Service]@{ ServiceName = 'web1' }").ShouldNotContain(label => label == "Port" || label == "Variables" || label == "Secrets" || label == "StartCommand" || label == "Runtime" || label == "InstanceRole" || label == "AutoDeploy");
    }

    [Fact]
    public void Members_without_a_value_are_not_in_the_list()
    {
        session.NewService("web1");
        session.Run("$null = Add-ARCustomDomain web1 shop.example.com -Wait -PollInterval 0.02").ShouldBeClean();

        Labels("Get-ARService web1").ShouldNotContain("Url");
        Labels("[AppRunner.Model.Service]@{ ServiceUrl = 'psbqam834h.us-east-1.awsapprunner.com' }").ShouldContain("Url");
        Labels("Get-ARAutoScalingConfiguration DefaultConfiguration").ShouldNotContain("DeletedAt");
        Labels("[AppRunner.Model.Operation]@{ Status = 'IN_PROGRESS' }").ShouldNotContain("EndedAt");
        Labels("Get-ARCustomDomain web1").ShouldNotContain("VpcDNSTargets");
        Labels("Get-ARCustomDomain web1 -DnsRecord | Where-Object Purpose -eq Traffic").ShouldNotContain("Status");
        Labels("Test-ARService web1").ShouldNotContain("StatusCode");
    }

    [Fact]
    public void A_service_shows_what_it_uses_by_name()
    {
        session.Run("$null = New-ARVpcConnector inner -Subnets subnet-12345678 -SecurityGroups sg-12345678; $null = New-ARObservabilityConfiguration trace AWSXRAY").ShouldBeClean();
        session.NewService("web1", "-NetworkConfiguration @{ EgressConfiguration = @{ EgressType = 'VPC'; VpcConnectorArn = 'inner' } } -ObservabilityConfiguration @{ ObservabilityEnabled = $true; ObservabilityConfigurationArn = 'trace' }");

        var lines = Lines("Get-ARService web1 | Format-List");

        lines.ShouldContain("Network       : public, egress VPC inner/1, IPV4");
        lines.ShouldContain("Observability : on trace/1");
    }

    [Fact]
    public void A_domain_lists_each_record_in_a_line_of_its_own()
    {
        session.NewService("web1");
        session.Run("$domain = Add-ARCustomDomain web1 shop.example.com -Wait -PollInterval 0.02").ShouldBeClean();

        var records = session.Run("$domain.CertificateValidationRecords | ForEach-Object { \"$_\" }").All<string>();
        var lines = session.Run("$domain | Format-List | Out-String -Stream -Width 200").All<string>();

        records.Count.ShouldBeGreaterThan(1);
        foreach (var record in records)
            lines.ShouldContain(line => line.EndsWith(record, StringComparison.Ordinal));
    }

    [Fact]
    public void A_metric_shows_the_whole_statistic_and_in_120_columns_the_unit()
    {
        const string Metric = "[AppRunner.Model.ServiceMetric]@{ ServiceName = 'web1'; Metric = '5xxStatusResponses'; Statistic = 'SampleCount'; Unit = 'Milliseconds' }";

        Last(80).ShouldBe("5xxStatusResponses SampleCount");
        Last(Wide).ShouldMatch("^5xxStatusResponses SampleCount +Milliseconds$");

        string Last(int width) => session.Run($"{Metric} | Out-String -Stream -Width {width}").All<string>().Select(line => line.TrimEnd()).Last(line => line.Length > 0);
    }

    [Theory]
    [InlineData("Get-ARService web1 | Test-ARServiceMigration", "Blocked", "91")]
    [InlineData("@{ ServiceName = 'x' } | Test-ARServiceDefinition", "Error", "91")]
    [InlineData("@{ ServiceName = 'shop'; RepositoryUrl = 'https://github.com/example/shop'; Branch = 'main'; Runtime = 'PYTHON_3'; StartCommand = 'x'; ConnectionArn = 'github' } | Test-ARServiceDefinition", "Warning", "93")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; EncryptionConfiguration = @{ KmsKey = 'arn:aws:kms:us-east-1:000000000000:key/a' } } | Compare-ARService", "Replacement", "93")]
    [InlineData("Test-ARService web1", "False", "91")]
    public void Severities_and_results_have_the_color_of_their_meaning(string script, string text, string color)
    {
        session.NewService("web1");
        foreach (var format in new[] { "Format-Table", "Format-List" })
        {
            session.Run($"$PSStyle.OutputRendering = 'Ansi'; try {{ {script} | {format} | Out-String }} finally {{ $PSStyle.OutputRendering = 'Host' }}").All<string>().ShouldHaveSingleItem()
                .ShouldContain($"\u001b[{color}m{text}");
        }
    }

    // Windows PowerShell has no $PSStyle; strict mode makes the use of a variable that does not exist an error, constrained language mode the call of
    // a method. A view shows an error as #ERR.
    [Theory]
    [InlineData(PSLanguageMode.FullLanguage, "PSStyle")]
    [InlineData(PSLanguageMode.ConstrainedLanguage, "no such variable")]
    public void Views_work_in_strict_and_constrained_sessions_and_without_PSStyle(PSLanguageMode mode, string removed)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Variables.Remove(removed, null);
        state.ImportPSModule([Path.Combine(StagedModule.Folder, "AppRunner.psd1")]);
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        (runspace.SessionStateProxy.GetVariable("PSStyle") is null).ShouldBe(mode == PSLanguageMode.FullLanguage);
        runspace.SessionStateProxy.LanguageMode = mode;
        foreach (var type in ShownTypes.Where(type => !type.IsAbstract))
        {
            runspace.SessionStateProxy.SetVariable("shown", RuntimeHelpers.GetUninitializedObject(type));
            foreach (var format in new[] { "Format-Table", "Format-List" })
            {
                using var shell = PowerShell.Create();
                shell.Runspace = runspace;
                var shown = shell.AddScript($"Set-StrictMode -Version Latest; $shown | {format} -DisplayError | Out-String -Width 200").Invoke<string>();

                shown.ShouldHaveSingleItem().ShouldNotContain("#ERR", customMessage: type.Name);
            }
        }
    }

    [Fact]
    public void A_tag_shows_its_resource()
    {
        session.NewService("web1", "-Tag @{ team = 'web' }");

        Lines("Get-ARResourceTag web1")[^1].ShouldMatch("^team +web +service/web1$");
    }

    [Fact]
    public void DNS_records_are_not_truncated()
    {
        session.NewService("web1");
        session.Run("$null = Add-ARCustomDomain web1 shop.example.com -Wait -PollInterval 0.02; $records = Get-ARCustomDomain web1 -DnsRecord").ShouldBeClean();

        // A narrow console wraps them.
        var shown = string.Concat(Lines("$records").Select(line => line.Trim()));
        foreach (var text in session.Run("$records | ForEach-Object { $_.Name; $_.Value }").All<string>())
            shown.ShouldContain(": " + text);
    }

    private static Type[] FindShownTypes()
    {
        var shown = new HashSet<Type>();
        var open = new Queue<Type>(StagedCmdlets.All
            .SelectMany(cmdlet => cmdlet.ImplementingType.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(output => output.Type)
            .Where(IsOurs));
        while (open.TryDequeue(out var type))
        {
            if (!shown.Add(type))
                continue;
            foreach (var part in type.GetProperties().Select(property => property.PropertyType).SelectMany(part => part.IsGenericType ? part.GetGenericArguments() : [part]).Where(IsOurs))
                open.Enqueue(part);
        }

        return [.. shown];
    }

    private static bool IsOurs(Type type) => type.IsClass && type.Assembly.GetName().Name is "AppRunner" or "AppRunner.Model";

    private static Type TypeOf(string name) => ShownTypes.Single(type => type.FullName == name);

    private static XElement[] ViewsOf(string name) => [.. Formats.Descendants("View").Where(view => view.Element("ViewSelectedBy")!.Elements("TypeName").Any(type => type.Value == name))];

    private static IEnumerable<string> PropertiesOf(IEnumerable<XElement> controls) => controls.Descendants("PropertyName").Select(property => property.Value);

    private string[] Table(string script, int width) =>
        session.Run($"{script} | Format-Table | Out-String -Stream -Width {width}").All<string>().Select(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty).TrimEnd()).Where(line => line.Length > 0).ToArray();

    private string[] Labels(string script) =>
        Lines($"{script} | Format-List").Select(line => Regex.Match(line, "^([A-Za-z]+) +:").Groups[1].Value).Where(label => label.Length > 0).ToArray();

    private string[] Lines(string script) => Regex.Replace(session.Show(script), "\x1b\\[[0-9;]*m", string.Empty).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToArray();
}
