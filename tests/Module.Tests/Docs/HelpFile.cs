using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Docs;

/// <summary>The staged MAML help file.</summary>
internal sealed class HelpFile
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly Dictionary<string, XElement> commands;

    private HelpFile(XDocument document)
    {
        commands = document.Root!.Elements(Command + "command").ToDictionary(command => (string)command.Element(Command + "details")!.Element(Command + "name")!);
    }

    public static HelpFile Staged { get; } = new(XDocument.Load(Path.Combine(StagedModule.Folder, "en-US", "AppRunner.dll-Help.xml")));

    public IEnumerable<string> Cmdlets => commands.Keys;

    public string Synopsis(string cmdlet) => PlainText(commands[cmdlet].Element(Command + "details")!.Element(Maml + "description")!);

    public string Description(string cmdlet) => PlainText(commands[cmdlet].Element(Maml + "description")!);

    /// <summary>Title, code and remarks of each example.</summary>
    public IEnumerable<(string Title, string Code, string Remarks)> Examples(string cmdlet) =>
        from example in commands[cmdlet].Descendants(Command + "example")
        select (example.Element(Maml + "title")!.Value.Trim('-', ' '), example.Element(Dev + "code")!.Value, PlainText(example.Element(Dev + "remarks")!));

    /// <summary>The input or output types, with their descriptions.</summary>
    public IEnumerable<(string Type, string Text)> Types(string cmdlet, bool written) =>
        from type in commands[cmdlet].Descendants(Command + (written ? "returnValue" : "inputType"))
        select (type.Element(Dev + "type")!.Value.Trim(), PlainText(type.Element(Maml + "description")!));

    public string Notes(string cmdlet) => PlainText(commands[cmdlet].Element(Maml + "alertSet")!.Element(Maml + "alert")!);

    // The first link is the HelpUri of the page.
    public IEnumerable<string> Links(string cmdlet) => commands[cmdlet].Descendants(Maml + "linkText").Select(link => link.Value).Where(link => link != "Online Version");

    public IReadOnlyDictionary<string, string> Parameters(string cmdlet) => commands[cmdlet].Element(Command + "parameters")!.Elements(Command + "parameter")
        .ToDictionary(parameter => (string)parameter.Element(Maml + "name")!, parameter => PlainText(parameter.Element(Maml + "description")!));

    private static string PlainText(XElement element) => HelpPage.PlainText(string.Join(' ', element.Elements(Maml + "para").Select(paragraph => paragraph.Value)));
}
