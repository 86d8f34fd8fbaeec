using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Contract;

/// <summary>A dll of the staged module, as compiled: what it refers to, and who calls whom.</summary>
internal sealed class StagedCode : IDisposable
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly PEReader file;
    private readonly MetadataReader metadata;

    public StagedCode(string dll)
    {
        file = new PEReader(File.OpenRead(Path.Combine(StagedModule.Folder, dll)));
        metadata = file.GetMetadataReader();
    }

    /// <summary>The assemblies that it cannot be loaded without.</summary>
    public IReadOnlyList<string> References => [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];

    /// <summary>The public types with this attribute, by full name.</summary>
    public IReadOnlyList<string> TypesWith(string attribute) =>
        [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.GetCustomAttributes().Any(handle => NameOf(metadata.GetCustomAttribute(handle).Constructor) == attribute + "..ctor"))
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))];

    /// <summary>Every call, also those in lambdas and iterators: the outermost class that it stands in, and what is called, as <c>Type.Method</c>.</summary>
    public IEnumerable<(string Caller, string Called)> Calls()
    {
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            var type = metadata.GetTypeDefinition(method.GetDeclaringType());
            while (!type.GetDeclaringType().IsNil)
                type = metadata.GetTypeDefinition(type.GetDeclaringType());
            var caller = metadata.GetString(type.Name);
            foreach (var called in CallsIn(file.GetMethodBody(method.RelativeVirtualAddress).GetILReader()))
                yield return (caller, NameOf(called));
        }
    }

    public void Dispose() => file.Dispose();

    private static List<EntityHandle> CallsIn(BlobReader body)
    {
        var calls = new List<EntityHandle>();
        while (body.RemainingBytes > 0)
        {
            short value = body.ReadByte();
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | body.ReadByte()));
            var code = Codes[value];
            switch (code.OperandType)
            {
                case OperandType.InlineMethod:
                    calls.Add((EntityHandle)MetadataTokens.Handle(body.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    body.Offset += 4 * body.ReadInt32();
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    body.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    body.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    body.Offset += 8;
                    break;
                default:
                    body.Offset += 4;
                    break;
            }
        }

        return calls;
    }

    private string NameOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition when metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var method => NameOf(method.GetDeclaringType()) + "." + metadata.GetString(method.Name),
        HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)handle) is var member => NameOf(member.Parent) + "." + metadata.GetString(member.Name),
        HandleKind.MethodSpecification => NameOf(metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)handle).Name),
        HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)handle).Name),

        // Of generic types and arrays; nothing that is asked for here is one.
        _ => "?",
    };
}
