using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>Members of a definition are copied to requests by name: one with another name or type would be lost without an error.</summary>
public class MembersByNameTests
{
    [Theory]
    [InlineData(typeof(CreateServiceRequest))]
    [InlineData(typeof(UpdateServiceRequest))]
    [InlineData(typeof(InstanceConfiguration))]
    [InlineData(typeof(AuthenticationConfiguration))]
    [InlineData(typeof(ImageConfiguration))]
    [InlineData(typeof(CodeConfigurationValues))]
    public void Every_member_of_a_request_is_a_member_of_ServiceDefinition(Type shape)
    {
        var definition = StagedCmdlets.Of("New-ARService").ImplementingType.Assembly.GetType("AppRunner.Services.ServiceDefinition")!.GetProperties();

        foreach (var member in RequestRules.WireMembers(shape).Where(member => member.Name != "ServiceArn"))
        {
            var same = definition.SingleOrDefault(other => other.Name == member.Name || other.GetCustomAttribute<AliasAttribute>()?.AliasNames.Contains(member.Name) == true);
            same.ShouldNotBeNull(member.Name).PropertyType.ShouldBe(member.PropertyType, member.Name);
        }
    }
}
