using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace GraphCompiler;

/// <summary>Finds the source line of a call in the portable PDB beside, or embedded in, a module.</summary>
internal static class SequencePoints
{
    // By module, so that nothing keeps an assembly from being unloaded. A line in a loop declares many nodes.
    private static readonly ConditionalWeakTable<Module, ConcurrentDictionary<(int Method, int Offset, string Called), (string, int)?>> Known = [];

    /// <summary>File and line, or null when there is no PDB or it does not say.</summary>
    /// <param name="method">The caller.</param>
    /// <param name="ilOffset">The offset that the caller's stack frame reported; the call may come after it.</param>
    /// <param name="called">Metadata name of the method of this library that was called.</param>
    public static (string File, int Line)? Find(MethodBase? method, int ilOffset, string called)
    {
        if (method is null || ilOffset < 0)
        {
            return null;
        }

        try
        {
            return Known.GetOrCreateValue(method.Module)
                .GetOrAdd((method.MetadataToken, ilOffset, called), static (key, method) => Read(method, key.Offset, key.Called), method);
        }
        catch (InvalidOperationException)
        {
            return null; // dynamic methods have no token
        }
    }

    private static (string File, int Line)? Read(MethodBase method, int ilOffset, string called)
    {
        try
        {
            using var stream = InMemoryImages.Open(method.Module.Assembly);
            if (stream is null)
            {
                return null;
            }

            var path = method.Module.Assembly.Location is { Length: > 0 } file ? file : method.Module.ScopeName;
            using var image = new PEReader(stream);
            if (!image.TryOpenAssociatedPortablePdb(path, static p => File.Exists(p) ? File.OpenRead(p) : null, out var provider, out _)
                || provider is null
                || !IsFileOf(method.Module, image.GetMetadataReader()))
            {
                return null;
            }

            using (provider)
            {
                var handle = (MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken);
                return Find(provider.GetMetadataReader(), handle, CallOffset(image, handle, ilOffset, called));
            }
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException
            or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // A line number is a courtesy: its absence must never hide the error that it decorates. Dynamic methods, for one,
            // have neither token nor file.
            return null;
        }
    }

    // A file may have been built anew since it was loaded.
    private static bool IsFileOf(Module module, MetadataReader metadata) =>
        metadata.GetGuid(metadata.GetModuleDefinition().Mvid) == module.ModuleVersionId;

    private static int CallOffset(PEReader image, MethodDefinitionHandle method, int ilOffset, string called)
    {
        var metadata = image.GetMetadataReader();
        var address = metadata.GetMethodDefinition(method).RelativeVirtualAddress;
        if (address == 0)
        {
            return ilOffset;
        }

        var il = image.GetMethodBody(address).GetILReader();
        return ilOffset < il.Length ? CallSites.Find(il, metadata, ilOffset, called) : ilOffset;
    }

    private static (string File, int Line)? Find(MetadataReader pdb, MethodDefinitionHandle method, int ilOffset)
    {
        (string, int)? best = null;
        foreach (var point in pdb.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints())
        {
            if (point.Offset > ilOffset)
            {
                break;
            }

            if (!point.IsHidden)
            {
                best = (pdb.GetString(pdb.GetDocument(point.Document).Name), point.StartLine);
            }
        }

        return best;
    }
}
