using System.Reflection;
using System.Runtime.Loader;

namespace GraphCompiler.Build;

/// <summary>
/// Loads the compiled graph files, and what they refer to: the compiler, its runtime and the framework are this process's
/// own, other assemblies come from where the build says.
/// </summary>
internal sealed class GraphLoadContext : AssemblyLoadContext
{
    private readonly ILookup<string, string> _probes;

    /// <param name="probes">Files, the preferred ones first.</param>
    public GraphLoadContext(IEnumerable<string> probes)
        : base("graphs") =>
        _probes = probes.ToLookup(static path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsOurs(assemblyName))
        {
            return null;
        }

        foreach (var path in _probes[assemblyName.Name ?? ""])
        {
            try
            {
                return LoadFromAssemblyPath(path);
            }
            catch (BadImageFormatException)
            {
                // A reference assembly has no code; another file of the name may have.
            }
        }

        return null;
    }

    // Types must be the same on both sides: an attribute of another copy would be another attribute. A package may bring a
    // later version of what the framework has.
    private static bool IsOurs(AssemblyName name) =>
        name.Name is "GraphCompiler" or "GraphCompiler.Runtime"
        || (FrameworkVersionOf(name.Name) is { } version && (name.Version is null || version >= name.Version));

    private static Version? FrameworkVersionOf(string? name)
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll");
        return File.Exists(path) ? AssemblyName.GetAssemblyName(path).Version : null;
    }
}
