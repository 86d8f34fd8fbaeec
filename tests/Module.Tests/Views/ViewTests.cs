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
