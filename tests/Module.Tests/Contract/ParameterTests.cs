using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Rules for all parameters of all cmdlets.</summary>
public class ParameterTests
{
    private static IEnumerable<(string Cmdlet, ParameterMetadata Parameter)> All => StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OwnParameters().Select(parameter => (cmdlet.Name, parameter)));

    // By member name; several kinds of resources have a Status, each with its own values.
    private static ILookup<string, string> KnownValues { get; } = typeof(AppRunnerRequest).Assembly.GetTypes().SelectMany(type => type.GetProperties())
        .Select(property => (property.Name, Rule: property.GetCustomAttribute<OneOfAttribute>()))
        .Where(property => property.Rule is not null)
        .ToLookup(property => property.Name, property => InOrder(property.Rule!.Values));

    [Fact]
    public void A_cmdlet_with_several_parameter_sets_has_a_default_set() =>
        StagedCmdlets.All.Where(cmdlet => cmdlet.ParameterSets.Count > 1 && cmdlet.ParameterSets.All(set => !set.IsDefault)).Select(cmdlet => cmdlet.Name).ShouldBeEmpty();

    // A cmdlet without a connection works on this computer.
    [Fact]
    public void Every_cmdlet_that_sends_requests_has_all_connection_parameters_in_every_set()
    {
        string[] local = ["Get-ARContext", "Clear-ARContext", "Start-ARLocalEndpoint", "Get-ARLocalEndpoint", "Stop-ARLocalEndpoint", "Test-ARServiceDefinition", "Approve-ARConnection"];
        string[] connection = ["Region", "ProfileName", "AccessKey", "SecretKey", "SessionToken", "Credential", "EndpointUrl", "RequestTimeout"];
        foreach (var cmdlet in StagedCmdlets.All.Where(cmdlet => !local.Contains(cmdlet.Name) && !cmdlet.Name.EndsWith("Config", StringComparison.Ordinal)))
        {
            foreach (var set in cmdlet.ParameterSets)
                connection.Except(set.Parameters.Select(parameter => parameter.Name)).ShouldBeEmpty($"{cmdlet.Name}, set {set.Name}");
        }
    }

    [Fact]
    public void Parameter_names_and_aliases_are_unique()
    {
        foreach (var cmdlet in StagedCmdlets.All)
        {
            cmdlet.Parameters.Values.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))
                .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(name => name.Count() > 1).Select(name => $"{cmdlet.Name} -{name.Key}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Positions_are_counted_from_0_without_gaps_in_every_set()
    {
        foreach (var (cmdlet, set) in StagedCmdlets.All.SelectMany(cmdlet => cmdlet.ParameterSets.Select(set => (cmdlet.Name, set))))
        {
            var positions = set.Parameters.Select(parameter => parameter.Position).Where(position => position >= 0).Order().ToArray();
            positions.ShouldBe(Enumerable.Range(0, positions.Length), $"{cmdlet}, set {set.Name}");
        }
    }

    [Fact]
    public void A_parameter_set_has_at_most_one_pipeline_parameter() =>
        StagedCmdlets.All.SelectMany(cmdlet => cmdlet.ParameterSets.Select(set => (cmdlet.Name, set)))
            .Where(one => one.set.Parameters.Count(parameter => parameter.ValueFromPipeline) > 1).Select(one => $"{one.Name}, set {one.set.Name}").ShouldBeEmpty();

    [Fact]
    public void A_switch_is_optional_without_position_and_false_by_default()
    {
        foreach (var cmdlet in StagedCmdlets.All)
        {
            var fresh = Activator.CreateInstance(cmdlet.ImplementingType)!;
            using var ending = fresh as IDisposable;
            foreach (var parameter in cmdlet.OwnParameters().Where(parameter => parameter.SwitchParameter))
            {
                parameter.ParameterSets.Values.ShouldAllBe(set => set.Position < 0 && !set.IsMandatory && !set.ValueFromPipeline, $"{cmdlet.Name} -{parameter.Name}");
                ((SwitchParameter)cmdlet.ImplementingType.GetProperty(parameter.Name)!.GetValue(fresh)!).IsPresent.ShouldBeFalse($"{cmdlet.Name} -{parameter.Name}");
            }
        }
    }

    [Fact]
    public void A_Boolean_parameter_is_a_switch_or_nullable() =>
        All.Where(one => one.Parameter.ParameterType == typeof(bool)).Select(one => $"{one.Cmdlet} -{one.Parameter.Name}").ShouldBeEmpty();

    [Fact]
    public void No_password_parameter_is_a_string() =>
        All.Where(one => one.Parameter.Name.Contains("Password", StringComparison.OrdinalIgnoreCase) && one.Parameter.ParameterType != typeof(SecureString))
            .Select(one => $"{one.Cmdlet} -{one.Parameter.Name}").ShouldBeEmpty();

    [Fact]
    public void Every_parameter_and_output_type_is_public_and_loaded_at_import()
    {
        string[] there = ["AppRunner", "AppRunner.Model", typeof(PSObject).Assembly.GetName().Name!];
        var parameters = All.SelectMany(one => Parts(one.Parameter.ParameterType).Select(type => ($"{one.Cmdlet} -{one.Parameter.Name}", type)));
        var outputs = StagedCmdlets.All.SelectMany(cmdlet => cmdlet.OutputType.SelectMany(output => Parts(output.Type)).Select(type => (cmdlet.Name, type)));

        foreach (var (where, type) in parameters.Concat(outputs))
        {
            type.IsVisible.ShouldBeTrue($"{where}: {type}");
            (there.Contains(type.Assembly.GetName().Name) || type.Namespace!.StartsWith("System", StringComparison.Ordinal)).ShouldBeTrue($"{where}: {type} of {type.Assembly}");
        }
    }

    [Fact]
    public void Parameters_with_known_values_complete_all_of_them()
    {
        var withKnown = All.Select(one => (one.Cmdlet, one.Parameter, Member: one.Parameter.Aliases.Prepend(one.Parameter.Name).FirstOrDefault(KnownValues.Contains))).Where(one => one.Member is not null).ToArray();
        using var session = Session.Plain();

        withKnown.Length.ShouldBeGreaterThan(10);
        foreach (var (cmdlet, parameter, member) in withKnown)
            InOrder(session.Complete($"{cmdlet} -{parameter.Name} ")).ShouldBeOneOf([.. KnownValues[member!]]);
    }

    // The order to offer them in is not the API's.
    private static string InOrder(IEnumerable<string> values) => string.Join(", ", values.Order(StringComparer.Ordinal));

    private static IEnumerable<Type> Parts(Type type) => type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
