using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>A definition means the same in every form: generated requests go in by each of them, and come out as the same wire JSON.</summary>
public sealed class InputFormTests : IDisposable
{
    // More for a longer search: APPRUNNER_TEST_SEEDS=20000.
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("APPRUNNER_TEST_SEEDS") ?? "300", CultureInfo.InvariantCulture);

    private readonly Session session = Session.Plain();
    private readonly CapturingConnection connection = new();
    private readonly string folder = Directory.CreateTempSubdirectory("appr").FullName;
    private readonly Dictionary<Type, Type> classes = [];

    public InputFormTests()
    {
        session.UseConnector(connection);

        // One class for each shape, as a script would declare it.
        var shapes = Shapes(typeof(CreateServiceRequest)).Distinct().ToArray();
        var script = string.Join("\n", shapes.Select(shape => $"class Script{shape.Name} {{ {string.Join("; ", RequestRules.WireMembers(shape).Select(member => "[object] $" + member.Name))} }}"));
        var made = session.Run(script + "\n" + string.Join("\n", shapes.Select(shape => $"[Script{shape.Name}]"))).All<Type>();
        foreach (var (shape, type) in shapes.Zip(made))
            classes[shape] = type;
    }

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_request_is_the_same_from_every_form_of_input()
    {
        var first = Environment.GetEnvironmentVariable("APPRUNNER_TEST_SEEDS") is null ? 1 : Environment.TickCount & 0xFFFFFF;
        for (var seed = first; seed < first + Seeds; seed++)
        {
            var isFlat = seed % 4 == 0;
            var wire = new GeneratedRequests(seed).Next(isFlat);
            var random = new Random(seed);
            var file = Path.Combine(folder, "service.json");
            File.WriteAllText(file, wire.ToJsonString());
            var forms = new List<(string Form, object Input)>
            {
                ("hashtable", Table(wire, random, () => new Hashtable(StringComparer.OrdinalIgnoreCase))),
                ("[ordered]", Table(wire, random, () => new OrderedDictionary(StringComparer.OrdinalIgnoreCase))),
                ("generic dictionary", Table(wire, random, () => new Dictionary<string, object?>())),
                ("PSCustomObject", Custom(wire, random)),
                ("instances of classes", Instance(wire, typeof(CreateServiceRequest), random)),
                ("typed object", Typed(wire)),
                ("hashtable of typed objects", TableOfTyped(wire)),
                ("enumerations as { Value }", Enumerations(wire, typeof(CreateServiceRequest))),
                ("ConvertFrom-Json", FromJson(wire.ToJsonString())),
                ("ConvertTo-Json of a hashtable and back", FromJson(ToJson(Table(wire, random, () => new Hashtable(StringComparer.OrdinalIgnoreCase))))),
                ("ConvertTo-Json of a typed object and back", FromJson(ToJson(Typed(wire)))),
                ("Clixml of a typed object and back", PSSerializer.Deserialize(PSSerializer.Serialize(Typed(wire), 10))),
                ("Clixml of a PSCustomObject and back", PSSerializer.Deserialize(PSSerializer.Serialize(Custom(wire, random), 10))),
                ("file", new FileInfo(file)),
                ("JSON text", wire.ToJsonString(Indented(random))),
                ("JSON text of ConvertTo-Json", ToJson(Custom(wire, random))),
            };
            if (isFlat)
                forms.Add(("CSV row", Row(wire)));
            connection.Sent.Clear();
            session["forms"] = forms.ConvertAll(form => form.Input).ToArray();

            var result = session.Run("foreach ($form in $forms) { , $form | New-ARService }");

            result.Errors.Select(error => error.ToString()).ShouldBeEmpty($"seed {seed}: {wire}");
            connection.Sent.Count.ShouldBe(forms.Count);
            foreach (var (sent, (form, _)) in connection.Sent.Zip(forms))
            {
                if (!JsonNode.DeepEquals(sent, wire))
                    Assert.Fail($"seed {seed}, {form}:\n{sent.ToJsonString()}\ninstead of\n{wire.ToJsonString()}");
            }
        }
    }

    private static IEnumerable<Type> Shapes(Type shape) =>
        [shape, .. RequestRules.WireMembers(shape).SelectMany(member => member.PropertyType == typeof(List<Tag>) ? [typeof(Tag)] : RequestRules.IsShape(member.PropertyType) ? Shapes(member.PropertyType) : [])];

    private static System.Text.Json.JsonSerializerOptions Indented(Random random) => new() { WriteIndented = random.Next(2) == 0 };

    private static object? Plain(JsonNode? node) => node?.AsValue().TryGetValue<string>(out var text) == true ? text : node!.AsValue().TryGetValue<bool>(out var flag) ? flag : node.AsValue().GetValue<int>();

    private static bool IsMap(string member) => member.StartsWith("RuntimeEnvironment", StringComparison.Ordinal);

    // The members of a shape that the request leaves out: as null they mean the same for a new service.
    private static IEnumerable<string> Absent(JsonObject wire, Random random) =>
        wire.ContainsKey("ImageIdentifier") || wire.ContainsKey("Protocol") ? new[] { "ImageConfiguration", "Interval" }.Where(name => !wire.ContainsKey(name) && wire.ContainsKey(name == "Interval" ? "Protocol" : "ImageIdentifier") && random.Next(2) == 0) : [];

    private static object Table(JsonNode node, Random random, Func<IDictionary> make, bool isMap = false)
    {
        if (node is JsonArray list)
            return list.Select(entry => Table(entry!, random, make)).ToArray();
        if (node is not JsonObject members)
            return Plain(node)!;
        var table = isMap ? new Hashtable() : make();
        foreach (var (name, value) in members)
            table[name] = Table(value!, random, make, IsMap(name));
        foreach (var name in isMap ? [] : Absent(members, random))
            table[name] = null;
        return table;
    }

    private static object Custom(JsonNode node, Random random)
    {
        if (node is JsonArray list)
            return list.Select(entry => Custom(entry!, random)).ToArray();
        if (node is not JsonObject members)
            return Plain(node)!;
        var custom = new PSObject();
        foreach (var (name, value) in members)
            custom.Properties.Add(new PSNoteProperty(name, Custom(value!, random)));
        foreach (var name in Absent(members, random))
            custom.Properties.Add(new PSNoteProperty(name, null));
        return custom;
    }

    private object Instance(JsonNode node, Type shape, Random random)
    {
        var instance = Activator.CreateInstance(classes[shape])!;
        foreach (var (name, value) in node.AsObject())
        {
            var type = shape.GetProperty(name)!.PropertyType;
            classes[shape].GetProperty(name)!.SetValue(instance, value switch
            {
                JsonArray list => list.Select(entry => Instance(entry!, typeof(Tag), random)).ToList(),
                JsonObject when IsMap(name) => Table(value, random, () => new Hashtable(), isMap: true),
                JsonObject => Instance(value, type, random),
                _ => Plain(value),
            });
        }

        return instance;
    }

    private static CreateServiceRequest Typed(JsonObject wire) => WireJson.Read<CreateServiceRequest>(Encoding.UTF8.GetBytes(wire.ToJsonString()));

    private static Hashtable TableOfTyped(JsonObject wire)
    {
        var typed = Typed(wire);
        return new Hashtable(RequestRules.WireMembers(typeof(CreateServiceRequest)).Where(member => member.GetValue(typed) is not null).ToDictionary(member => member.Name, member => member.GetValue(typed)));
    }

    private static Hashtable Enumerations(JsonNode node, Type shape)
    {
        var table = new Hashtable();
        foreach (var (name, value) in node.AsObject())
        {
            var member = shape.GetProperty(name)!;
            table[name] = value switch
            {
                JsonArray or JsonObject when !RequestRules.IsShape(member.PropertyType) => Table(value, new Random(0), () => new Hashtable(), IsMap(name)),
                JsonObject => Enumerations(value, member.PropertyType),
                _ when member.GetCustomAttribute<OneOfAttribute>() is not null => new Hashtable { ["Value"] = Plain(value) },
                _ => Plain(value),
            };
        }

        return table;
    }

    private static string ToJson(object value) => Microsoft.PowerShell.Commands.JsonObject.ConvertToJson(value, new Microsoft.PowerShell.Commands.JsonObject.ConvertToJsonContext(maxDepth: 10, enumsAsStrings: false, compressOutput: true));

    private static object FromJson(string json) => Microsoft.PowerShell.Commands.JsonObject.ConvertFromJson(json, out _)!;

    private static PSObject Row(JsonObject wire)
    {
        var row = new PSObject();
        var source = wire["SourceConfiguration"]!;
        var image = source["ImageRepository"]!;
        var run = image["ImageConfiguration"];
        foreach (var (name, value) in new (string, string?)[]
        {
            ("Name", (string?)wire["ServiceName"]),
            ("ImageIdentifier", (string?)image["ImageIdentifier"]),
            ("AccessRoleArn", (string?)source["AuthenticationConfiguration"]?["AccessRoleArn"]),
            ("AutoDeploymentsEnabled", source["AutoDeploymentsEnabled"]?.ToString()),
            ("Port", (string?)run?["Port"]),
            ("StartCommand", (string?)run?["StartCommand"]),
            ("EnvironmentVariable", Cell(run?["RuntimeEnvironmentVariables"])),
            ("EnvironmentSecret", Cell(run?["RuntimeEnvironmentSecrets"])),
            ("Cpu", (string?)wire["InstanceConfiguration"]?["Cpu"]),
            ("Memory", (string?)wire["InstanceConfiguration"]?["Memory"]),
            ("InstanceRoleArn", (string?)wire["InstanceConfiguration"]?["InstanceRoleArn"]),
            ("Tag", wire["Tags"] is JsonArray tags ? string.Join(";", tags.Select(tag => tag!["Key"] + "=" + tag["Value"])) : null),
        })
        {
            row.Properties.Add(new PSNoteProperty(name, value ?? string.Empty));
        }

        return row;
    }

    private static string? Cell(JsonNode? map) => map is null ? null : string.Join(";", map.AsObject().Select(pair => pair.Key + "=" + pair.Value));
}
