using System.Reflection;
using System.Runtime.Loader;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>
/// A loaded assembly of kernels. Disposed, it is unloaded once nobody holds <see cref="Entry"/> any more: executions
/// do.
/// </summary>
internal sealed class KernelModule : IDisposable
{
    private readonly Context _context;

    private KernelModule(Context context, ProgramEntry entry)
    {
        _context = context;
        Entry = entry;
    }

    /// <summary>The generated method.</summary>
    public ProgramEntry Entry { get; }

    /// <summary>The context that is unloaded, for tests.</summary>
    public AssemblyLoadContext LoadContext => _context;

    /// <summary>Loads kernels in a context of their own.</summary>
    /// <exception cref="InternalCompilerException">The assembly has no such class, or the class no entry.</exception>
    public static KernelModule Load(string name, CompiledAssembly assembly, string className)
    {
        var context = new Context(name);
        try
        {
            using var image = new MemoryStream(assembly.Image, writable: false);
            using var symbols = new MemoryStream(assembly.Symbols, writable: false);
            var type = context.LoadFromStream(image, symbols).GetType(className, throwOnError: false);
            var method = type?.GetMethod(
                "Run", BindingFlags.Public | BindingFlags.Static, [typeof(Worker).MakeByRefType()]);
            return method is not null
                ? new KernelModule(context, method.CreateDelegate<ProgramEntry>())
                : throw new InternalCompilerException(
                    "Compile", $"the generated source has no {className}.Run(in Worker)");
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    public void Dispose() => _context.Unload();

    private sealed class Context(string name) : AssemblyLoadContext(name, isCollectible: true)
    {
        // The runtime that this compiler uses, also where it lives in a context of its own, as in a host with plug-ins.
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var runtime = typeof(Worker).Assembly;
            return assemblyName.Name == runtime.GetName().Name ? runtime : null;
        }
    }
}
