using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Rules;

public class KnownValueTests
{
    // What people see on Tab and what C# developers read is the same text.
    [Fact]
    public void The_description_of_a_known_value_is_its_documentation()
    {
        var summaries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "AppRunner.Model.xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, member => Regex.Replace((string?)member.Element("summary") ?? string.Empty, "\\s+", " ").Trim());
        var described = typeof(Runtime).Assembly.GetTypes().Where(type => type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type => OneOfAttribute.KnownValuesOf(type).Where(known => known.Description.Length > 0).Select(known => (Type: type, Known: known))).ToArray();

        described.Length.ShouldBeGreaterThan(70);
        foreach (var (type, known) in described)
        {
            var field = type.GetFields().First(field => field.IsLiteral && (string?)field.GetRawConstantValue() == known.Value);
            summaries[$"F:{type.FullName}.{field.Name}"].ShouldBe(known.Description + (known.EndOfSupport is null ? "." : "; past its end of support."));
        }
    }
}
