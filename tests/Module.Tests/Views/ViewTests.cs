using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
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
        lines[2].ShouldMatch(@"^web1 +RUNNING +\S+\.awsapprunner\.com");
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

    [Fact]
    public void Summaries_and_described_resources_share_one_table()
    {
        session.Run("New-ARAutoScalingConfiguration high -MaxConcurrency 50 -MinSize 2 -MaxSize 10").ShouldBeClean();

        var lines = Lines("Get-ARAutoScalingConfiguration; Get-ARAutoScalingConfiguration high");

        lines.Count(line => line.StartsWith("AutoScalingConfigurationName", StringComparison.Ordinal)).ShouldBe(1);
        lines[0].ShouldMatch("^AutoScalingConfigurationName +Revision Status +IsDefault InUse MinSize MaxSize$");
        lines[2].ShouldMatch("^DefaultConfiguration +1 ACTIVE +True +False$");
        lines[^1].ShouldMatch("^high +1 ACTIVE +False +False +2 +10$");
    }

    [Fact]
    public void The_URL_of_a_local_service_is_never_truncated()
    {
        const string Url = "0123456789abcdef0123456789abcdef.us-east-1.localhost:65535";
        const string Service = $"[AppRunner.Model.ServiceSummary]@{{ ServiceName = 'quickstart'; Status = 'OPERATION_IN_PROGRESS'; ServiceUrl = '{Url}' }}";

        // A narrow console wraps it.
        var shown = string.Concat(Lines(Service).Select(line => line.Replace("quickstart", string.Empty, StringComparison.Ordinal).Replace("OPERATION_IN_PROGRESS", string.Empty, StringComparison.Ordinal).Trim()));
        shown.ShouldContain(Url);
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

    private string[] Lines(string script) => Regex.Replace(session.Show(script), "\x1b\\[[0-9;]*m", string.Empty).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToArray();
}
