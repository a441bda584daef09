using System.Reflection;
using System.Runtime.CompilerServices;

namespace GraphCompiler;

/// <summary>Images of assemblies that were compiled in memory and have no file: with their embedded PDB they say which line a node is from.</summary>
internal static class InMemoryImages
{
    private static readonly ConditionalWeakTable<Assembly, byte[]> Images = [];

    public static void Add(Assembly assembly, byte[] image) => Images.Add(assembly, image);

    /// <summary>The image of an assembly, from its file or as it was given; null where there is neither.</summary>
    public static Stream? Open(Assembly assembly)
    {
        if (assembly.Location.Length > 0)
        {
            return File.OpenRead(assembly.Location);
        }

        return Images.TryGetValue(assembly, out var image) ? new MemoryStream(image, writable: false) : null;
    }
}
