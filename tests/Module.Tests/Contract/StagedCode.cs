using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Editions;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Contract;

/// <summary>A compiled assembly of the staged module: its references and calls.</summary>
internal sealed partial class StagedCode : IDisposable
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

    /// <summary>The assembly's name.</summary>
    public string Name => metadata.GetString(metadata.GetAssemblyDefinition().Name);

    /// <summary>The referenced assemblies.</summary>
    public IReadOnlyList<string> References => [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];

    /// <summary>The public types with this attribute, by full name.</summary>
    public IReadOnlyList<string> TypesWith(string attribute) =>
        [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.GetCustomAttributes().Any(handle => NameOf(metadata.GetCustomAttribute(handle).Constructor) == attribute + "..ctor"))
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))];

    /// <summary>All calls, including those in lambdas and iterators: the outermost calling class, and the called member as <c>Type.Method</c>.</summary>
    public IEnumerable<(string Caller, string Called)> Calls()
    {
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            var type = metadata.GetTypeDefinition(method.GetDeclaringType());
            while (!type.GetDeclaringType().IsNil)
                type = metadata.GetTypeDefinition(type.GetDeclaringType());
            var caller = metadata.GetString(type.Name);
            foreach (var (kind, called) in Operands(method))
            {
                if (kind == OperandType.InlineMethod)
                    yield return (caller, NameOf(called));
            }
        }
    }

    /// <summary>
    /// All uses of one of its types by another one: as base, in signatures, attributes and bodies. Nested and compiler-generated types
    /// count as their outermost type. Uses of constants are not visible in a compiled assembly.
    /// </summary>
    public IReadOnlyCollection<(string User, string Used)> Uses()
    {
        var ours = metadata.TypeDefinitions.Select(OutermostName).Where(name => name.StartsWith("AppRunner.", StringComparison.Ordinal)).ToHashSet();
        return metadata.TypeDefinitions
            .SelectMany(handle => NamedBy(metadata.GetTypeDefinition(handle)).SelectMany(text => TypeName().Matches(text)).Select(match => (User: OutermostName(handle), Used: match.Value)))
            .Where(use => use.User != use.Used && ours.Contains(use.User) && ours.Contains(use.Used))
            .ToHashSet();
    }

    public void Dispose() => file.Dispose();

    // The outermost type in a signature text; nested types follow a plus sign.
    [GeneratedRegex(@"AppRunner(\.\w+)+(`\d+)?")]
    private static partial Regex TypeName();

    private string OutermostName(TypeDefinitionHandle handle) => AssemblyFolder.FullName(metadata, handle).Split('+')[0];

    private IEnumerable<string> NamedBy(TypeDefinition type) =>
    [
        NameInFull(type.BaseType),
        .. type.GetInterfaceImplementations().Select(handle => NameInFull(metadata.GetInterfaceImplementation(handle).Interface)),
        .. NamedBy(type.GetGenericParameters()),
        .. NamedBy(type.GetCustomAttributes()),
        .. type.GetFields().Select(metadata.GetFieldDefinition).SelectMany(field => NamedBy(field.GetCustomAttributes()).Append(field.DecodeSignature(SignatureText.Instance, null))),
        .. type.GetProperties().SelectMany(handle => NamedBy(metadata.GetPropertyDefinition(handle).GetCustomAttributes())),
        .. type.GetEvents().SelectMany(handle => NamedBy(metadata.GetEventDefinition(handle).GetCustomAttributes())),
        .. type.GetMethods().Select(metadata.GetMethodDefinition).SelectMany(NamedBy),
    ];

    private IEnumerable<string> NamedBy(MethodDefinition method)
    {
        string[] declared =
        [
            SignatureText.Of(method.DecodeSignature(SignatureText.Instance, null)),
            .. NamedBy(method.GetGenericParameters()),
            .. NamedBy(method.GetCustomAttributes()),
            .. method.GetParameters().SelectMany(handle => NamedBy(metadata.GetParameter(handle).GetCustomAttributes())),
        ];
        if (method.RelativeVirtualAddress == 0)
            return declared;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil ? [] : metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(SignatureText.Instance, null);
        return [.. declared, .. locals, .. body.ExceptionRegions.Select(region => NameInFull(region.CatchType)), .. Operands(method).Select(operand => NameInFull(operand.Named))];
    }

    private IEnumerable<string> NamedBy(GenericParameterHandleCollection parameters) => parameters.Select(metadata.GetGenericParameter)
        .SelectMany(parameter => NamedBy(parameter.GetCustomAttributes()).Concat(parameter.GetConstraints().Select(handle => NameInFull(metadata.GetGenericParameterConstraint(handle).Type))));

    private IEnumerable<string> NamedBy(CustomAttributeHandleCollection attributes) => attributes.Select(metadata.GetCustomAttribute).SelectMany(attribute =>
    {
        var values = attribute.DecodeValue(SignatureText.Instance);
        return values.FixedArguments.Select(argument => argument.Value).Concat(values.NamedArguments.Select(argument => argument.Value))
            .SelectMany(TypesIn).Append(NameInFull(attribute.Constructor));
    });

    // Types are represented by name. Strings of attributes cannot be distinguished, but none of them is the name of a type.
    private static IEnumerable<string> TypesIn(object? value) => value switch
    {
        string text => [text],
        ImmutableArray<CustomAttributeTypedArgument<string>> list => list.SelectMany(item => TypesIn(item.Value)),
        _ => [],
    };

    // With the arguments of generic types and methods; for a member, its type.
    private string NameInFull(EntityHandle handle) => handle.IsNil ? string.Empty : handle.Kind switch
    {
        HandleKind.TypeDefinition => AssemblyFolder.FullName(metadata, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => SignatureText.NameOf(metadata, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => SignatureText.Instance.GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)handle, 0),
        HandleKind.FieldDefinition => NameInFull(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.MethodDefinition => NameInFull(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.MemberReference => NameInFull(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent),
        HandleKind.MethodSpecification when metadata.GetMethodSpecification((MethodSpecificationHandle)handle) is var generic =>
            $"{NameInFull(generic.Method)} {string.Join(", ", generic.DecodeSignature(SignatureText.Instance, null))}",
        _ => string.Empty,
    };

    /// <summary>The types, methods and fields that a method body references.</summary>
    private List<(OperandType Kind, EntityHandle Named)> Operands(MethodDefinition method)
    {
        var operands = new List<(OperandType, EntityHandle)>();
        var body = file.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
        while (body.RemainingBytes > 0)
        {
            short value = body.ReadByte();
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | body.ReadByte()));
            var code = Codes[value];
            switch (code.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    operands.Add((code.OperandType, (EntityHandle)MetadataTokens.Handle(body.ReadInt32())));
                    break;
                case OperandType.InlineSwitch:
                    var targets = body.ReadInt32();
                    body.Offset += 4 * targets;
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

        return operands;
    }

    private string NameOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition when metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var method => NameOf(method.GetDeclaringType()) + "." + metadata.GetString(method.Name),
        HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)handle) is var member => NameOf(member.Parent) + "." + metadata.GetString(member.Name),
        HandleKind.MethodSpecification => NameOf(metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)handle).Name),
        HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)handle).Name),

        // Generic types and arrays are not needed here.
        _ => "?",
    };
}
