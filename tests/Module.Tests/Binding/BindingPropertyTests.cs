using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>Any piped input binds or is an error with existing member paths; it never crashes and never sends an incomplete request.</summary>
public sealed class BindingPropertyTests : IDisposable
{
    private static readonly string[] Members =
    [
        .. new[] { typeof(CreateServiceRequest), typeof(SourceConfiguration), typeof(ImageRepository), typeof(ImageConfiguration), typeof(CodeRepository), typeof(HealthCheckConfiguration), typeof(InstanceConfiguration), typeof(NetworkConfiguration), typeof(Tag) }
            .SelectMany(RequestRules.WireMembers).Select(member => member.Name).Distinct(),
        "Name", "ImageIdentifier", "Tag", "EnvironmentVariable", "Intervall", "", " ", "a.b", "[0]", "ServiceArn", "Status",
    ];

    private static readonly Gen<object?> Scalar = Gen.OneOf<object?>(
        Gen.String.Select(text => (object?)text),
        Gen.Int.Select(number => (object?)number),
        Gen.Double.Select(number => (object?)number),
        Gen.Long.Select(number => (object?)number),
        Gen.Decimal.Select(number => (object?)number),
        Gen.Bool.Select(flag => (object?)flag),
        Gen.Char.Select(sign => (object?)sign),
        Gen.DateTime.Select(time => (object?)time),
        Gen.Guid.Select(id => (object?)id),
        Gen.Int[0, 8].Select(index => new object?[]
        {
            null, new Version(1, 0), new Uri("https://x/"), new object(), ScriptBlock.Create("1"), new TimeoutException("x"), double.NaN, new SwitchParameter(true), DayOfWeek.Friday,
        }[index]));

    private readonly Session session = Session.Local("-OperationDuration 0 -ServiceQuota 100000");

    public void Dispose() => session.Dispose();

    [Fact]
    public void Random_definitions_bind_or_report_member_paths() => Definition(4).Sample(
        input =>
        {
            session["definition"] = input;

            var result = session.Run("$definition | New-ARService -WhatIf");

            result.Ended.ShouldBeNull();
            result.Output.ShouldBeEmpty();
            foreach (var error in result.Errors)
            {
                error.Id().ShouldBe(ErrorIds.InvalidParameter, error.Exception.ToString());
                error.Exception.ShouldBeOfType<InvalidParameterException>().Problems.ShouldNotBeEmpty();
            }
        },
        iter: 150,
        threads: 1);

    [Fact]
    public void Random_values_for_structured_parameters_bind_or_report_member_paths() => Gen.Select(Gen.OneOf(Scalar, Definition(3)), Gen.Int[0, 6]).Sample(
        (input, which) =>
        {
            // The engine itself reports null for a mandatory parameter.
            if (which == 0 && input is null)
                return;
            session["value"] = input;
            var parameter = new[] { "SourceConfiguration", "InstanceConfiguration", "HealthCheckConfiguration", "NetworkConfiguration", "EncryptionConfiguration", "ObservabilityConfiguration", "Tag" }[which];
            var image = which == 0 ? string.Empty : "-ImageIdentifier " + Session.Image;

            var result = session.Run($"New-ARService -ServiceName web1 {image} -{parameter} $value -WhatIf");

            result.Ended.ShouldBeNull();
            foreach (var error in result.Errors)
            {
                error.Id().ShouldBe(ErrorIds.InvalidParameter, error.Exception.ToString());
                var wire = parameter == "Tag" ? "Tag" : parameter;
                error.Exception.ShouldBeOfType<InvalidParameterException>().Problems.ShouldAllBe(problem => problem.Path.StartsWith(wire, StringComparison.Ordinal));
            }
        },
        iter: 100,
        threads: 1);

    [Fact]
    public void A_hashtable_that_contains_itself_is_an_error()
    {
        foreach (var member in new[] { "SourceConfiguration", "InstanceConfiguration", "Tag", "Tags", "EnvironmentVariable", "ServiceName", "Cpu" })
        {
            var table = new Hashtable { ["ServiceName"] = "web1", ["ImageIdentifier"] = Session.Image };
            table[member] = table;
            session["table"] = table;
            session.Run("$table | New-ARService -WhatIf").Errors.ShouldNotBeEmpty(member);

            var list = new List<object>();
            list.Add(list);
            session["list"] = list;
            session.Run($"New-ARService web1 {Session.Image} -Tag $list -WhatIf").ErrorWith(ErrorIds.InvalidParameter);
        }
    }

    [Fact]
    public void A_property_getter_that_throws_is_InvalidParameter()
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("ServiceName", "web1"));
        row.Properties.Add(new PSScriptProperty("ImageIdentifier", ScriptBlock.Create("throw 'broken'")));
        session["row"] = row;

        var result = session.Run("$row | New-ARService");

        result.Ended.ShouldBeNull();
        result.Errors.ShouldHaveSingleItem().Id().ShouldBe(ErrorIds.InvalidParameter);
    }

    private static Gen<object?> Definition(int depth)
    {
        var value = depth == 0 ? Scalar : Gen.Frequency((3, Scalar), (2, Gen.OneOf(Definition(depth - 1), Definition(depth - 1).List[0, 3].Select(list => (object?)list))));
        return Gen.Select(Gen.Int[0, Members.Length - 1], value).List[0, 6].Select(Gen.Bool, (members, table) =>
        {
            if (table)
            {
                var map = new Hashtable(StringComparer.OrdinalIgnoreCase);
                foreach (var (index, given) in members)
                    map[Members[index]] = given;
                return (object?)map;
            }

            var row = new PSObject();
            foreach (var (index, given) in members.Where(member => Members[member.Item1].Trim().Length > 0).DistinctBy(member => Members[member.Item1].ToUpperInvariant()))
                row.Properties.Add(new PSNoteProperty(Members[index], given));
            return row;
        });
    }
}
