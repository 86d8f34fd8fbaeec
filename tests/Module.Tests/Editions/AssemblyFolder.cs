using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AppRunner.Module.Tests.Editions;

/// <summary>A set of assemblies that reference each other, read as metadata without loading them.</summary>
internal sealed class AssemblyFolder : IDisposable
{
    private readonly List<PEReader> files = [];
    private readonly Dictionary<string, MetadataReader> assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<MetadataReader, Dictionary<string, TypeDefinitionHandle>> definitions = [];

    public AssemblyFolder(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var file = new PEReader(new MemoryStream(File.ReadAllBytes(path)));
            files.Add(file);
            if (!file.HasMetadata)
                continue;
            var reader = file.GetMetadataReader();

            // The first one takes precedence: a staged assembly over one of the framework.
            assemblies.TryAdd(Path.GetFileNameWithoutExtension(path), reader);
        }
    }

    public MetadataReader? this[string name] => assemblies.GetValueOrDefault(name);

    /// <summary>Finds a type, also through type forwarders.</summary>
    /// <param name="assembly">The assembly that is referenced.</param>
    /// <param name="type">Its full name; nested types after a plus.</param>
    public (MetadataReader Reader, TypeDefinition Type)? Find(string assembly, string type)
    {
        for (var hop = 0; hop < 10; hop++)
        {
            if (this[assembly] is not { } reader)
                return null;
            if (DefinitionsOf(reader).TryGetValue(type, out var handle))
                return (reader, reader.GetTypeDefinition(handle));
            var outer = type.Split('+')[0];
            var forward = reader.ExportedTypes.Select(reader.GetExportedType)
                .Where(exported => exported.IsForwarder && FullName(reader, exported.Namespace, exported.Name) == outer)
                .Select(exported => (AssemblyReferenceHandle)exported.Implementation)
                .FirstOrDefault();
            if (forward.IsNil)
                return null;
            assembly = reader.GetString(reader.GetAssemblyReference(forward).Name);
        }

        return null;
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    internal static string FullName(MetadataReader reader, StringHandle space, StringHandle name) =>
        space.IsNil ? reader.GetString(name) : reader.GetString(space) + "." + reader.GetString(name);

    internal static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? FullName(reader, outer) + "+" + reader.GetString(type.Name) : FullName(reader, type.Namespace, type.Name);
    }

    private Dictionary<string, TypeDefinitionHandle> DefinitionsOf(MetadataReader reader)
    {
        if (!definitions.TryGetValue(reader, out var known))
        {
            definitions[reader] = known = [];
            foreach (var handle in reader.TypeDefinitions)
                known.TryAdd(FullName(reader, handle), handle);
        }

        return known;
    }
}
