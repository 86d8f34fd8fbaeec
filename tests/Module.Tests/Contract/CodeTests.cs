using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Checks of the assemblies and the manifest.</summary>
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
    public void Import_exports_only_cmdlets()
    {
        using var session = Session.Plain();

        session.Run("Get-Command -Module AppRunner | ForEach-Object CommandType").All<CommandTypes>().Distinct().ShouldBe([CommandTypes.Cmdlet]);
        session.Run("(Get-Module AppRunner).ExportedAliases.Count; (Get-Module AppRunner).ExportedVariables.Count; (Get-Module AppRunner).ExportedFunctions.Count").All<int>().ShouldBe([0, 0, 0]);
    }

    [Theory]
    [InlineData("AppRunner.dll")]
    [InlineData("AppRunner.Model.dll")]
    public void Assemblies_loaded_at_import_do_not_reference_private_assemblies(string dll)
    {
        var later = Directory.GetFiles(Path.Combine(StagedModule.Folder, "private", "core"), "*.dll").Select(Path.GetFileNameWithoutExtension);
        using var code = new StagedCode(dll);

        code.References.ShouldContain("netstandard");
        code.References.Intersect(later).ShouldBeEmpty();
    }

    [Fact]
    public void ShouldContinue_is_never_called() => CallersOf("Cmdlet.ShouldContinue").ShouldBeEmpty();

    [Fact]
    public void Only_ErrorRecords_creates_and_only_ErrorReporter_writes_error_records()
    {
        CallersOf("ErrorRecord..ctor").ShouldBe(["ErrorRecords"]);
        CallersOf("Cmdlet.WriteError").ShouldBe(["ErrorReporter"]);
        CallersOf("Cmdlet.ThrowTerminatingError").ShouldBe(["ErrorReporter"]);
    }

    [Fact]
    public void Only_Confirmation_calls_ShouldProcess() => CallersOf("Cmdlet.ShouldProcess").ShouldBe(["Confirmation"]);

    private static string[] CallersOf(string called)
    {
        using var code = new StagedCode("AppRunner.dll");
        var calls = code.Calls().ToArray();
        calls.ShouldContain(call => call.Called == "Cmdlet.WriteObject");
        return [.. calls.Where(call => call.Called == called).Select(call => call.Caller).Distinct()];
    }
}
