using System.Reflection;
using System.Runtime.Loader;
using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Loading;

/// <summary>
/// Loads an assembly with what lies beside it. The compiler is this program's own, whatever the assembly was built against:
/// a graph of another copy would be no graph here.
/// </summary>
internal sealed class AssemblyLoader : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver? _resolver;
    private readonly string[] _folders;

    /// <param name="main">An assembly whose dependencies are looked for, or null.</param>
    /// <param name="folders">Where else to look.</param>
    public AssemblyLoader(string? main, params string[] folders)
        : base("graphs")
    {
        _resolver = main is null ? null : new AssemblyDependencyResolver(main);
        _folders = folders;
    }

    /// <summary>Loads one file.</summary>
    /// <exception cref="UserError">It is no assembly, or of another kind of .NET.</exception>
    public static Assembly Load(string path)
    {
        try
        {
            return new AssemblyLoader(path, Path.GetDirectoryName(path)!).LoadFromAssemblyPath(path);
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or InvalidOperationException)
        {
            throw new UserError($"{path} is no .NET assembly that can be loaded: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        if (name is "GraphCompiler" or "GraphCompiler.Runtime" || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
        {
            return null; // this program's own
        }

        var path = _resolver?.ResolveAssemblyToPath(assemblyName)
            ?? _folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
