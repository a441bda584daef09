using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GraphCompiler;

/// <summary>Finds the source line of an IL offset in the portable PDB beside, or embedded in, a module.</summary>
internal static class SequencePoints
{
    /// <summary>File and line, or null when there is no PDB or it does not say.</summary>
    public static (string File, int Line)? Find(MethodBase? method, int ilOffset)
    {
        var path = method?.Module.Assembly.Location;
        if (string.IsNullOrEmpty(path) || ilOffset < 0)
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(path);
            using var image = new PEReader(stream);
            if (!image.TryOpenAssociatedPortablePdb(path, static p => File.Exists(p) ? File.OpenRead(p) : null, out var provider, out _)
                || provider is null)
            {
                return null;
            }

            using (provider)
            {
                return Find(provider.GetMetadataReader(), method!.MetadataToken, ilOffset);
            }
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            return null; // a line number is a courtesy: its absence must never hide the error that it decorates
        }
    }

    private static (string File, int Line)? Find(MetadataReader pdb, int token, int ilOffset)
    {
        var handle = ((MethodDefinitionHandle)MetadataTokens.EntityHandle(token)).ToDebugInformationHandle();
        (string, int)? best = null;
        foreach (var point in pdb.GetMethodDebugInformation(handle).GetSequencePoints())
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
