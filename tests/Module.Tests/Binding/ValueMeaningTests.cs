using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>The chapter "What a value means" of about_ARServiceDefinition, for new services: what is given, absent, empty, a row, or read from text.</summary>
public sealed class ValueMeaningTests : IDisposable
{
    private const string Image = "ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'";

    private readonly Session session = Session.Plain();
    private readonly CapturingConnection connection = new();

    public ValueMeaningTests() => session.UseConnector(connection);

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("[pscustomobject]@{{ Name = 'web1'; {0}; EnvironmentVariable = [pscustomobject]@{{ LEVEL = 'info'; HOOK = '' }}; Tag = [pscustomobject]@{{ note = '' }} }} | New-ARService")]
    [InlineData("@{{ Name = 'web1'; {0}; EnvironmentVariable = @{{ LEVEL = 'info'; HOOK = '' }}; Tag = @{{ note = '' }} }} | New-ARService")]
    [InlineData("New-ARService web1 $image -EnvironmentVariable ([pscustomobject]@{{ LEVEL = 'info'; HOOK = '' }}) -Tag @{{ note = '' }}")]
    [InlineData("New-ARService web1 $image -EnvironmentVariable \"LEVEL=info`nHOOK=\" -Tag \"note=`n\"")]
    [InlineData("[pscustomobject]@{{ Name = 'web1'; {0}; EnvironmentVariable = 'LEVEL=info;HOOK='; Tag = 'note='; Port = ''; Cpu = '' }} | New-ARService")]
    public void Empty_values_of_maps_and_tags_are_kept(string command)
    {
        var sent = Send(string.Format(null, command, Image));

        Variables(sent).ShouldBe(["HOOK=", "LEVEL=info"]);
        sent["Tags"]!.ToJsonString().ShouldBe("""[{"Key":"note","Value":""}]""");
    }

    [Theory]
    [InlineData("Port = ''", "Port")]
    [InlineData("HealthCheckConfiguration = [pscustomobject]@{ Path = '' }", "HealthCheckConfiguration.Path")]
    [InlineData("InstanceConfiguration = @{ InstanceRoleArn = '' }", "InstanceConfiguration.InstanceRoleArn")]
    public void An_empty_text_outside_of_a_row_is_a_value_that_the_rules_refuse(string member, string path)
    {
        foreach (var kind in new[] { "@", "[pscustomobject]@" })
        {
            // A member that is not text: the object is not a row.
            session.Run($"{kind}{{ Name = 'web1'; {Image}; {member}; AutoDeploymentsEnabled = $false }} | New-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldContain(path);
        }

        connection.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("@{ Name = 'web1'; $image; Port = $none; Tag = $none; HealthCheckConfiguration = @{ Path = $none; Interval = 7 } } | New-ARService")]
    [InlineData("@{ Name = 'web1'; $image; Port = $null; Tag = $null; HealthCheckConfiguration = @{ Path = $null; Interval = 7 } } | New-ARService")]
    [InlineData("[pscustomobject]@{ Name = 'web1'; $image; Port = $none; Tag = $null; HealthCheckConfiguration = [pscustomobject]@{ Path = $none; Interval = 7 } } | New-ARService")]
    [InlineData("@{ Name = 'web1'; $image; Port = [System.DBNull]::Value; HealthCheckConfiguration = @{ Interval = 7 } } | New-ARService")]
    [InlineData("@{ Name = 'web1'; $image } | New-ARService -Port $null -Tag $none -InstanceConfiguration $null -StartCommand $none -HealthCheckConfiguration @{ Interval = 7 }")]
    [InlineData("New-ARService web1 public.ecr.aws/nginx/nginx:1 -Port $none -Tag $null -Cpu $null -AutoDeploymentsEnabled $null -HealthCheckConfiguration @{ Interval = 7; Path = $none }")]
    public void Null_and_no_output_mean_not_given(string command)
    {
        var sent = Send("$none = 1 | Where-Object { $_ -eq 2 }\n" + command.Replace("$image", Image, StringComparison.Ordinal));

        sent.Select(member => member.Key).ShouldBe(["ServiceName", "SourceConfiguration", "HealthCheckConfiguration"]);
        sent["HealthCheckConfiguration"]!.ToJsonString().ShouldBe("""{"Interval":7}""");
        sent["SourceConfiguration"]!.ToJsonString().ShouldBe("""{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/nginx/nginx:1","ImageRepositoryType":"ECR_PUBLIC"}}""");
    }

    [Fact]
    public void A_parameter_of_null_leaves_the_value_of_the_definition()
    {
        var sent = Send($"@{{ Name = 'web1'; {Image}; Port = 81; Tag = @{{ a = 1 }} }} | New-ARService -Port $null -Tag $null");

        Run(sent)["Port"]!.GetValue<string>().ShouldBe("81");
        sent["Tags"]!.ToJsonString().ShouldBe("""[{"Key":"a","Value":"1"}]""");
    }

    [Theory]
    [InlineData("-EnvironmentVariable @{ DB = $env:AR_NOT_SET; A = '1' }", "EnvironmentVariable.DB: is $null. Use '' for an empty value, or leave the name out.")]
    [InlineData("-EnvironmentVariable ([pscustomobject]@{ DB = $null })", "EnvironmentVariable.DB: is $null.")]
    [InlineData("-EnvironmentVariable @{ DB = (1 | Where-Object { $false }) }", "EnvironmentVariable.DB: is $null.")]
    [InlineData("-EnvironmentSecret @{ DB = $null }", "EnvironmentSecret.DB: is $null.")]
    [InlineData("-EnvironmentVariable $typed", "EnvironmentVariable.DB: is $null.")]
    [InlineData("-SourceConfiguration @{ ImageRepository = @{ ImageConfiguration = @{ RuntimeEnvironmentVariables = @{ DB = $null } } } }", "SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.DB: is $null.")]
    [InlineData("-Tag @{ team = $env:AR_NOT_SET }", "Tag.team: is $null. Use '' for an empty value, or leave the tag out.")]
    public void Null_as_a_value_of_a_map_is_an_error_that_names_the_entry(string parameter, string message)
    {
        session["typed"] = new Dictionary<string, string?> { ["DB"] = null };
        var image = parameter.StartsWith("-Source", StringComparison.Ordinal) ? string.Empty : Session.Image;

        session.Run($"New-ARService web1 {image} {parameter}").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldContain(message);
    }

    [Theory]
    [InlineData("\"A=1`nB=2\"", "A=1|B=2")]
    [InlineData("'A=1', 'B=2'", "A=1|B=2")]
    [InlineData("'A=1', '', '# note', '  export B = 2 '", "A=1|B=2")]
    [InlineData("\"A=1`r`nB=2`r`n\"", "A=1|B=2")]
    [InlineData("'A=x # note', 'B=#fff', 'C= # empty', 'D=http://h/#part'", "A=x|B=#fff|C=|D=http://h/#part")]
    [InlineData("'A=\" x # y \" # note', \"B='`$HOME \\n'\", 'C=\"a\\nb\\t\\\"\\\\\"', 'D=`a`'", "A= x # y |B=$HOME \\n|C=a\nb\t\"\\|D=a")]
    [InlineData("'A=$HOME/${B}', 'B=a=b==', 'C=x;y'", "A=$HOME/${B}|B=a=b==|C=x;y")]
    [InlineData("'KEY=\"-----BEGIN', 'x=y', '-----END\"', 'B=1'", "B=1|KEY=-----BEGIN\nx=y\n-----END")]
    [InlineData("'A=1;B=x y;C=\"p;q\";D='", "A=1|B=x y|C=p;q|D=")]
    [InlineData("'CS=\"Server=x;Database=y\"'", "CS=Server=x;Database=y")]
    [InlineData("\"CS=Server=x;Database=y`n\"", "CS=Server=x;Database=y")]
    [InlineData("@(@{ A = 1 }, @{ B = 2 }, 'C=3')", "A=1|B=2|C=3")]
    [InlineData("@(@{ Name = 'A'; Value = '1' }, @{ Key = 'B'; Value = 2 })", "A=1|B=2")]
    [InlineData("@{ Name = 'A'; Value = '1' }", "Name=A|Value=1")]
    [InlineData("@{ Key = 'A'; Value = '1' }", "Key=A|Value=1")]
    [InlineData("'{ \"A\": 1, \"B\": true }'", "A=1|B=true")]
    [InlineData("@{ A = 1.5; B = $true; C = [guid]::Empty; D = [uri]'http://h/'; E = [DayOfWeek]::Friday }", "A=1.5|B=true|C=00000000-0000-0000-0000-000000000000|D=http://h/|E=Friday")]
    public void Variables_can_be_text_lines_pairs_and_objects(string value, string expected) =>
        Variables(Send($"New-ARService web1 {Session.Image} -EnvironmentVariable {value}")).ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("'Key=a,Value=1', 'Key=b,Value=2'", "a=1|b=2")]
    [InlineData("'Key=a,Value=1 Key=b,Value=2'", "a=1|b=2")]
    [InlineData("'Key=a,Value=1 2'", "a=1 2")]
    [InlineData("'Key=a'", "a=")]
    public void Tags_can_be_in_the_short_form_of_the_AWS_CLI(string value, string expected) =>
        Send($"New-ARService web1 {Session.Image} -Tag {value}")["Tags"]!.AsArray().Select(tag => tag!["Key"] + "=" + tag["Value"]).ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("\"A=1`nsesame`nB='x\"", "EnvironmentVariable: line 2 must be NAME=value.|EnvironmentVariable.B: has no closing quote.")]
    [InlineData("'A=1', 'sesame'", "EnvironmentVariable: line 2 must be NAME=value.")]
    [InlineData("'sesame'", "EnvironmentVariable: must be a hashtable, or a string such as NAME=value;OTHER=value.")]
    [InlineData("'=sesame', ''", "EnvironmentVariable: line 1 must be NAME=value.")]
    [InlineData("'A: sesame', 'B=1'", "EnvironmentVariable: line 1 must be NAME=value.")]
    [InlineData("'my name=sesame', 'B=1'", "EnvironmentVariable: line 1 must be NAME=value, and the name cannot have spaces or quotes.")]
    [InlineData("'A=\"x\" sesame', 'B=1'", "EnvironmentVariable.A: has text after the closing quote.")]
    [InlineData("'A=1', 'B=2', 'A=sesame'", "EnvironmentVariable.A: is given twice, first on line 1.")]
    [InlineData("@(@{ A = 1 }, @{ A = 'sesame' })", "EnvironmentVariable[1].A: is given twice.")]
    [InlineData("'DB=Server=sesame;Database=y'", "EnvironmentVariable.DB: can be read in two ways, because its value has = and the text has a semicolon. Put the value in quotes, or use a hashtable.")]
    [InlineData("''", "EnvironmentVariable: is a text without entries. Use @{} for none.")]
    [InlineData("\"# nothing`n\"", "EnvironmentVariable: is a text without entries. Use @{} for none.")]
    [InlineData("@{ LIST = 1, 2 }", "EnvironmentVariable.LIST: must be a string, not a list.")]
    [InlineData("@{ 'pass word' = 1, 2 }", "EnvironmentVariable[an entry whose key is not a name]: must be a string, not a list.")]
    [InlineData("@{ WHEN = Get-Date0 }", "EnvironmentVariable.WHEN: must be a string, not a value of type System.DateTime. ConvertFrom-Json makes dates of texts that look like one; its -DateKind String keeps them.")]
    [InlineData("@{ A = ConvertTo-SecureString0 }", "EnvironmentVariable.A: must be a string, not a value of type System.Security.SecureString.")]
    [InlineData("42", "EnvironmentVariable: must be a hashtable of names and values, not a number.")]
    [InlineData("([System.IO.FileInfo]'/tmp')", "EnvironmentVariable: must be a hashtable of names and values, not a value of type System.IO.FileInfo.")]
    public void A_text_that_is_not_understood_is_an_error_without_its_values(string value, string messages)
    {
        value = value.Replace("Get-Date0", "[datetime]::Now", StringComparison.Ordinal).Replace("ConvertTo-SecureString0", "[securestring]::new()", StringComparison.Ordinal);
        var result = session.Run($"New-ARService web1 {Session.Image} -EnvironmentVariable {value}");

        var error = result.ErrorWith(ErrorIds.InvalidParameter);
        error.Exception.ShouldBeOfType<InvalidParameterException>().Problems.Select(problem => problem.ToString()).Order().ShouldBe(messages.Split('|').Order());
        result.AllText.ShouldNotContain("sesame");
        connection.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("@(@{ Name = 'team'; Value = 'web' })", "team=web")]
    [InlineData("@{ Name = 'team'; Value = 'web' }", "team=web")]
    [InlineData("@{ TagKey = 'team'; TagValue = 'web' }", "team=web")]
    [InlineData("@{ Key = 'team'; Value = 'web' }, @{ tagkey = 'b'; tagvalue = '' }, @{ c = 3 }, 'd=4'", "team=web|b=|c=3|d=4")]
    [InlineData("@([pscustomobject]@{ Key = 'team'; Value = 'web'; ResourceArn = 'arn:x' })", "team=web")]
    [InlineData("@{ Name = 'web'; Stage = 'x' }", "Name=web|Stage=x")]
    [InlineData("@{ Name = 'web' }", "Name=web")]
    [InlineData("\"a=1`nb=2`nnote=ticket #5\"", "a=1|b=2|note=ticket #5")]
    [InlineData("'cost center=5;b=2'", "cost center=5|b=2")]
    [InlineData("'Key=team,Value=web'", "team=web")]
    [InlineData("(@{ a = 1 }.GetEnumerator() | ForEach-Object { $_ })", "a=1")]
    [InlineData("'[{\"Key\":\"a\",\"Value\":\"1\"}]'", "a=1")]
    [InlineData("([AppRunner.Model.Tag]@{ Key = 'a'; Value = '' })", "a=")]
    public void Tags_have_the_forms_of_other_tools_too(string value, string expected)
    {
        var tags = Send($"New-ARService web1 {Session.Image} -Tag {value}")["Tags"]!.AsArray().Select(tag => tag!["Key"] + "=" + tag["Value"]);

        tags.Order(StringComparer.Ordinal).ShouldBe(expected.Split('|').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("@{ Key = 'team'; Valu = 'web' }", "Tag.Valu: is not a known member of a tag with Key. Did you mean \"Value\"?")]
    [InlineData("@(@{ Name = 'team'; Valu = 'web' })", "Tag[0].Valu: is not a known member of a tag with Name. Did you mean \"Value\"?")]
    [InlineData("@{ TagKey = 'team'; Value = 'web' }", "Tag.Value: is not a known member of a tag with TagKey.")]
    [InlineData("@{ Key = 'a'; Stage = 'b'; Team = 'c' }", "Tag.Stage: is not a known member of a tag with Key. It has Key and Value.")]
    [InlineData("@(@(@{ a = 1 }))[0], 5", "Tag[1]: must be a hashtable of keys and values or a list of tags, not a number.")]
    [InlineData("@{ Key = $null; Value = 'x' }", "Tag.Key: is required.")]
    public void A_misspelled_tag_is_an_error(string value, string message) =>
        session.Run($"New-ARService web1 {Session.Image} -Tag {value}").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldContain(message);

    [Fact]
    public void Readable_properties_of_any_object_are_members()
    {
        var sent = Send(
            """
            class Check { [string] $Protocol = 'HTTP'; [string] $Path = '/up'; [int] $Interval = 7; hidden [int] $Timeout = 3; [string] $HealthyThreshold = '' }
            class Repository { [string] $ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; $ImageRepositoryType = @{ Value = 'ECR_PUBLIC' }; $ImageConfiguration = [pscustomobject]@{ Port = @{ value = 80 } } }
            class Source { $ImageRepository = [Repository]::new(); [object] $CodeRepository }
            New-ARService web1 -SourceConfiguration ([Source]::new()) -HealthCheckConfiguration ([Check]::new())
            """);

        sent["HealthCheckConfiguration"]!.ToJsonString().ShouldBe("""{"Protocol":"HTTP","Path":"/up","Interval":7}""");
        JsonNode.DeepEquals(sent["SourceConfiguration"], JsonNode.Parse("""{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/nginx/nginx:1","ImageRepositoryType":"ECR_PUBLIC","ImageConfiguration":{"Port":"80"}}}""")).ShouldBeTrue(sent.ToJsonString());
    }

    [Fact]
    public void Enumerations_as_JSON_have_their_value()
    {
        var sent = Send(
            """
            $check = '{"Protocol":{"Value":"HTTP"},"Path":"/up","Interval":{"value":7}}' | ConvertFrom-Json
            New-ARService web1 public.ecr.aws/nginx/nginx:1 -HealthCheckConfiguration $check
            """);

        sent["HealthCheckConfiguration"]!.ToJsonString().ShouldBe("""{"Protocol":"HTTP","Path":"/up","Interval":7}""");
    }

    [Fact]
    public void Objects_of_another_library_with_the_names_of_the_API_are_members()
    {
        session["check"] = new Amazon.HealthCheckConfiguration { Protocol = new Amazon.HealthCheckProtocol("HTTP"), Path = "/up", Interval = 7 };
        session["tag"] = new Amazon.Tag { Key = "team", Value = "web" };

        var sent = Send($"New-ARService web1 {Session.Image} -HealthCheckConfiguration $check -Tag $tag");

        sent["HealthCheckConfiguration"]!.ToJsonString().ShouldBe("""{"Protocol":"HTTP","Path":"/up","Interval":7}""");
        sent["Tags"]!.ToJsonString().ShouldBe("""[{"Key":"team","Value":"web"}]""");
    }

    [Theory]
    [InlineData("-HealthCheckConfiguration $tag", "HealthCheckConfiguration: must be a hashtable or a HealthCheckConfiguration, not a value of type AppRunner.Module.Tests.Binding.Amazon+Tag.")]
    [InlineData("-HealthCheckConfiguration ([System.IO.FileInfo]'/tmp')", "not a value of type System.IO.FileInfo.")]
    [InlineData("-HealthCheckConfiguration 5", "HealthCheckConfiguration: must be a hashtable or a HealthCheckConfiguration, not a number.")]
    [InlineData("-HealthCheckConfiguration (,@(1))", "not a list.")]
    [InlineData("-HealthCheckConfiguration 'System.Collections.Hashtable'", "HealthCheckConfiguration: must be a hashtable or a HealthCheckConfiguration, not a string. Was it ConvertTo-Json or Export-Clixml without -Depth?")]
    [InlineData("-HealthCheckConfiguration '@{Interval=5}'", "not a string. Was it ConvertTo-Json or Export-Clixml without -Depth?")]
    [InlineData("-HealthCheckConfiguration 'http'", "not a string.")]
    [InlineData("-HealthCheckConfiguration ''", "HealthCheckConfiguration: must be a hashtable or a HealthCheckConfiguration, not an empty string.")]
    [InlineData("-Tag ''", "Tag: is a text without entries. Use @{} for none.")]
    [InlineData("-EnvironmentVariable '@{A=1; B=2}'", "EnvironmentVariable: must be a hashtable, not the text of one. Was it ConvertTo-Json or Export-Clixml without -Depth?")]
    [InlineData("-EnvironmentVariable 'System.Collections.Generic.Dictionary`2[System.String,System.String]'", "Was it ConvertTo-Json or Export-Clixml without -Depth?")]
    [InlineData("-Tag 'System.Collections.Hashtable'", "Tag: must be a hashtable, not the text of one. Was it")]
    public void A_value_of_another_type_is_an_error_that_names_the_whole_type(string parameter, string message)
    {
        session["tag"] = new Amazon.Tag();

        session.Run($"New-ARService web1 {Session.Image} {parameter}").ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldContain(message);
    }

    [Fact]
    public void A_lost_depth_is_asked_for_once_and_nothing_else_is_reported()
    {
        session["request"] = new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = Session.Image, ImageRepositoryType = "ECR_PUBLIC", ImageConfiguration = new ImageConfiguration { Port = "80" } } } };
        foreach (var depth in new[] { 0, 1, 2 })
        {
            session["json"] = Microsoft.PowerShell.Commands.JsonObject.ConvertFromJson(Microsoft.PowerShell.Commands.JsonObject.ConvertToJson(session["request"], new Microsoft.PowerShell.Commands.JsonObject.ConvertToJsonContext(depth, false, true)), out _);

            var problem = session.Run("$json | New-ARService").ErrorWith(ErrorIds.InvalidParameter).Exception.ShouldBeOfType<InvalidParameterException>().Problems.ShouldHaveSingleItem();

            problem.Message.ShouldEndWith("not a string. Was it ConvertTo-Json or Export-Clixml without -Depth?");
        }
    }

    private JsonObject Send(string command)
    {
        session["image"] = Session.Image;
        session.Run(command).ShouldBeClean();
        return connection.Sent.ShouldHaveSingleItem().AsObject();
    }

    private static JsonNode Run(JsonObject sent) => sent["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!;

    private static IEnumerable<string> Variables(JsonObject sent) =>
        Run(sent)["RuntimeEnvironmentVariables"]!.AsObject().Select(pair => pair.Key + "=" + pair.Value).Order(StringComparer.Ordinal);
}

/// <summary>Classes like those of AWS Tools for PowerShell: the API's names, and enumerations with just a Value.</summary>
public static class Amazon
{
    public sealed class HealthCheckConfiguration
    {
        public HealthCheckProtocol? Protocol { get; set; }

        public string? Path { get; set; }

        public int? Interval { get; set; }

        public int? Timeout { get; set; }
    }

    public sealed class HealthCheckProtocol(string value)
    {
        public string Value { get; } = value;

        public override string ToString() => Value;
    }

    public sealed class Tag
    {
        public string? Key { get; set; }

        public string? Value { get; set; }
    }
}
