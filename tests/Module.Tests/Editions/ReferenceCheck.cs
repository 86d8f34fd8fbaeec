using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace AppRunner.Module.Tests.Editions;

/// <summary>Finds references of an assembly that do not resolve, before a call fails at run time.</summary>
internal sealed class ReferenceCheck(AssemblyFolder around, string assembly)
{
    private readonly MetadataReader reader = around[assembly]!;

    /// <summary>Referenced assemblies that are missing, or older than the compile-time version.</summary>
    /// <param name="isStaged">Whether an assembly is part of the module: versions of framework assemblies are unified automatically.</param>
    public IEnumerable<string> MissingAssemblies(System.Func<string, bool> isStaged)
    {
        foreach (var reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference))
        {
            var name = reader.GetString(reference.Name);
            if (around[name] is not { } found)
                yield return $"{assembly}: no {name}";
            else if (isStaged(name) && found.GetAssemblyDefinition().Version < reference.Version)
                yield return $"{assembly}: {name} {found.GetAssemblyDefinition().Version} is older than {reference.Version}";
        }
    }

    /// <summary>Referenced types and members that are missing.</summary>
    public IEnumerable<string> MissingMembers()
    {
        foreach (var handle in reader.TypeReferences)
        {
            if (Find(handle) is null)
                yield return $"{assembly}: no type {SignatureText.NameOf(reader, handle)}";
        }

        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            var owner = member.Parent.Kind switch
            {
                HandleKind.TypeReference => (TypeReferenceHandle)member.Parent,
                HandleKind.TypeSpecification => GenericOf((TypeSpecificationHandle)member.Parent),
                _ => default,
            };
            if (!owner.IsNil && Find(owner) is { } type && !Has(type.Reader, type.Type, member))
                yield return $"{assembly}: no {SignatureText.NameOf(reader, owner)}.{reader.GetString(member.Name)} {SignatureOf(member)}";
        }
    }

    private (MetadataReader Reader, TypeDefinition Type)? Find(TypeReferenceHandle handle) => Find(reader, handle);

    private (MetadataReader Reader, TypeDefinition Type)? Find(MetadataReader from, TypeReferenceHandle handle)
    {
        var outermost = from.GetTypeReference(handle);
        while (outermost.ResolutionScope.Kind == HandleKind.TypeReference)
            outermost = from.GetTypeReference((TypeReferenceHandle)outermost.ResolutionScope);
        return outermost.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? around.Find(from.GetString(from.GetAssemblyReference((AssemblyReferenceHandle)outermost.ResolutionScope).Name), SignatureText.NameOf(from, handle))
            : null;
    }

    // Members of List<string> are those of List<>. Arrays and this module's own generic types are skipped.
    private TypeReferenceHandle GenericOf(TypeSpecificationHandle handle)
    {
        var blob = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return default;
        _ = blob.ReadCompressedInteger();
        return blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? (TypeReferenceHandle)type : default;
    }

    private string SignatureOf(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(SignatureText.Instance, null)
        : SignatureText.Of(member.DecodeMethodSignature(SignatureText.Instance, null));

    private bool Has(MetadataReader owner, TypeDefinition type, MemberReference member)
    {
        var (name, signature) = (reader.GetString(member.Name), SignatureOf(member));
        while (true)
        {
            var has = member.GetKind() == MemberReferenceKind.Field
                ? type.GetFields().Select(owner.GetFieldDefinition).Any(field => owner.StringComparer.Equals(field.Name, name) && field.DecodeSignature(SignatureText.Instance, null) == signature)
                : type.GetMethods().Select(owner.GetMethodDefinition).Any(method => owner.StringComparer.Equals(method.Name, name) && SignatureText.Of(method.DecodeSignature(SignatureText.Instance, null)) == signature);
            if (has)
                return true;
            if (type.BaseType.IsNil || name == ".ctor")
                return false;
            switch (type.BaseType.Kind)
            {
                case HandleKind.TypeDefinition:
                    type = owner.GetTypeDefinition((TypeDefinitionHandle)type.BaseType);
                    break;
                case HandleKind.TypeReference when Find(owner, (TypeReferenceHandle)type.BaseType) is { } found:
                    (owner, type) = found;
                    break;
                default:
                    return false;
            }
        }
    }
}
