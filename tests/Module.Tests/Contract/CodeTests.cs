using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>What the dlls and the manifest say, whoever calls them.</summary>
public class CodeTests
{
    [Fact]
    public void The_manifest_exports_the_cmdlets_of_the_dll_by_name_and_nothing_else()
    {
        var manifest = (System.Collections.Hashtable)Parser.ParseFile(StagedModule.Manifest, out _, out var mistakes).Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
        using var code = new StagedCode("AppRunner.dll");

        mistakes.ShouldBeEmpty();
        foreach (var none in new[] { "FunctionsToExport", "AliasesToExport", "VariablesToExport" })
            ((object[])manifest[none]!).ShouldBeEmpty(none);
        var exported = ((object[])manifest["CmdletsToExport"]!).Cast<string>().ToArray();
        exported.ShouldBeUnique();
        exported.Where(WildcardPattern.ContainsWildcardCharacters).ShouldBeEmpty();
        StagedCmdlets.All.Select(cmdlet => cmdlet.Name).ShouldBe(exported, ignoreOrder: true);
        StagedCmdlets.All.Select(cmdlet => cmdlet.ImplementingType.FullName).ShouldBe(code.TypesWith("CmdletAttribute"), ignoreOrder: true);
    }

    [Fact]
    public void Import_brings_cmdlets_only()
    {
        using var session = Session.Plain();

        session.Run("Get-Command -Module AppRunner | ForEach-Object CommandType").All<CommandTypes>().Distinct().ShouldBe([CommandTypes.Cmdlet]);
        session.Run("(Get-Module AppRunner).ExportedAliases.Count; (Get-Module AppRunner).ExportedVariables.Count; (Get-Module AppRunner).ExportedFunctions.Count").All<int>().ShouldBe([0, 0, 0]);
    }

    [Theory]
    [InlineData("AppRunner.dll")]
    [InlineData("AppRunner.Model.dll")]
    public void What_import_loads_needs_nothing_of_what_loads_later(string dll)
    {
        var later = Directory.GetFiles(Path.Combine(StagedModule.Folder, "private", "core"), "*.dll").Select(Path.GetFileNameWithoutExtension);
        using var code = new StagedCode(dll);

        code.References.ShouldContain("netstandard");
        code.References.Intersect(later).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_is_asked_past_ShouldProcess() => CallersOf("Cmdlet.ShouldContinue").ShouldBeEmpty();

    [Fact]
    public void Every_error_record_is_made_in_one_place_and_written_from_one_place()
    {
        CallersOf("ErrorRecord..ctor").ShouldBe(["ErrorRecords"]);
        CallersOf("Cmdlet.WriteError").ShouldBe(["ErrorReporter"]);
        CallersOf("Cmdlet.ThrowTerminatingError").ShouldBe(["ErrorReporter"]);
    }

    [Fact]
    public void Every_question_is_asked_in_one_place() => CallersOf("Cmdlet.ShouldProcess").ShouldBe(["Confirmation"]);

    private static string[] CallersOf(string called)
    {
        using var code = new StagedCode("AppRunner.dll");
        var calls = code.Calls().ToArray();
        calls.ShouldContain(call => call.Called == "Cmdlet.WriteObject");
        return [.. calls.Where(call => call.Called == called).Select(call => call.Caller).Distinct()];
    }
}
