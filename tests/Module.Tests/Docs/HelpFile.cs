using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Docs;

/// <summary>The staged MAML, which Get-Help reads.</summary>
internal sealed class HelpFile
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private readonly Dictionary<string, XElement> commands;

    private HelpFile(XDocument document)
    {
        commands = document.Root!.Elements(Command + "command").ToDictionary(command => (string)command.Element(Command + "details")!.Element(Command + "name")!);
    }

    public static HelpFile Staged { get; } = new(XDocument.Load(Path.Combine(StagedModule.Folder, "en-US", "AppRunner.dll-Help.xml")));

    public IEnumerable<string> Cmdlets => commands.Keys;

    public string Synopsis(string cmdlet) => Words(commands[cmdlet].Element(Command + "details")!.Element(Maml + "description")!);

    public string Description(string cmdlet) => Words(commands[cmdlet].Element(Maml + "description")!);

    public int Examples(string cmdlet) => commands[cmdlet].Descendants(Command + "example").Count();

    public IReadOnlyDictionary<string, string> Parameters(string cmdlet) => commands[cmdlet].Element(Command + "parameters")!.Elements(Command + "parameter")
        .ToDictionary(parameter => (string)parameter.Element(Maml + "name")!, parameter => Words(parameter.Element(Maml + "description")!));

    private static string Words(XElement element) => string.Join(' ', element.Elements(Maml + "para").Select(paragraph => HelpPage.Words(paragraph.Value)));
}
