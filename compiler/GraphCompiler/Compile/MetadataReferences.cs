using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using GraphCompiler.Runtime;
using Microsoft.CodeAnalysis;

namespace GraphCompiler.Compile;

/// <summary>What generated code is compiled against.</summary>
internal static class MetadataReferences
{
    /// <summary>
    /// The runtime, what it refers to (its signatures speak of vectors, spans), and the library that all of that leads
    /// to.
    /// </summary>
    public static MetadataReference[] OfRuntime()
    {
        var runtime = typeof(Worker).Assembly;
        Assembly[] all = [typeof(object).Assembly, runtime, .. runtime.GetReferencedAssemblies().Select(Assembly.Load)];
        return [.. all.Distinct().Select(static assembly => Of(assembly))];
    }

    /// <summary>
    /// An assembly's file, or its image in memory where it has none: in an application of a single file.
    /// </summary>
    /// <param name="assembly">A loaded assembly.</param>
    /// <param name="fromMemory">True: from memory even if there is a file.</param>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Without a file, the image in memory does")]
    public static unsafe MetadataReference Of(Assembly assembly, bool fromMemory = false)
    {
        if (!fromMemory && File.Exists(assembly.Location))
        {
            return MetadataReference.CreateFromFile(assembly.Location);
        }

        // The image is read in place: these assemblies stay loaded, since this one refers to them.
        return assembly.TryGetRawMetadata(out var image, out var length)
            ? AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)image, length)).GetReference()
            : throw new PlatformNotSupportedException(
                $"Compiling at run time requires the metadata of {assembly.GetName().Name}: compile ahead of time");
    }
}
