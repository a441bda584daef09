using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Compile;

/// <summary>
/// A program of a loaded assembly. When all programs of an assembly are disposed, it is unloaded once nobody holds an
/// <see cref="Entry"/> any more: executions do.
/// </summary>
internal sealed class KernelModule : IDisposable
{
    private readonly Context _context;
    private volatile bool _isDisposed;

    private KernelModule(Context context, Type type)
    {
        _context = context;
        Entry = MethodOf(type, "Run") ?? throw new InternalCompilerException("Compile", $"the generated source has no {type.FullName}.Run(in Worker)");
        Commit = MethodOf(type, "Commit");
    }

    /// <summary>The generated method.</summary>
    public ProgramEntry Entry { get; }

    /// <summary>The generated method that changes variables, where that is one of its own.</summary>
    public ProgramEntry? Commit { get; }

    /// <summary>The context that is unloaded, for tests.</summary>
    public AssemblyLoadContext LoadContext => _context;

    /// <summary>Loads the one program of an assembly, in a context of its own.</summary>
    /// <inheritdoc cref="Load(string, CompiledAssembly, IReadOnlyList{string})"/>
    public static KernelModule Load(string name, CompiledAssembly assembly, string className) =>
        Load(name, assembly, [className])[0];

    /// <summary>Loads all programs of an assembly, in a context of their own.</summary>
    /// <exception cref="InternalCompilerException">The assembly lacks a class, or a class its entry.</exception>
    public static ImmutableArray<KernelModule> Load(
        string name, CompiledAssembly assembly, IReadOnlyList<string> classNames)
    {
        var context = new Context(name, classNames.Count);
        try
        {
            using var image = new MemoryStream(assembly.Image, writable: false);
            using var symbols = new MemoryStream(assembly.Symbols, writable: false);
            var loaded = context.LoadFromStream(image, symbols);
            return [.. classNames.Select(className => new KernelModule(context, TypeOf(loaded, className)))];
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    /// <summary>
    /// Begins to make machine code of the tiles that a program calls, and then of its methods, on another thread. The first
    /// run would make it too, but one after the other, each when it is first called; whoever starts has other things to do yet.
    /// </summary>
    /// <param name="tiles">The tiles; no method says in time that it calls them.</param>
    /// <returns>Ends when the tiles are ready.</returns>
    public static Task Prepare(ImmutableArray<TileUse> tiles) =>
        tiles.IsEmpty || Environment.ProcessorCount == 1 ? Task.CompletedTask : Task.Run(() =>
        {
            // The first run begins at the first method and its tiles; from both ends they meet in the middle.
            for (var i = tiles.Length - 1; i >= 0; i--)
            {
                tiles[i].Prepare();
            }
        });

    /// <inheritdoc cref="Prepare(ImmutableArray{TileUse})"/>
    public void Prepare(Task tiles)
    {
        if (Environment.ProcessorCount > 1)
        {
            // What nobody needs any more is not kept alive by waiting for a thread.
            var reference = new WeakReference<KernelModule>(this);
            tiles.ContinueWith(_ => PrepareMethods(reference), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Once only.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _context.Release();
    }

    private static void PrepareMethods(WeakReference<KernelModule> reference)
    {
        const BindingFlags Own =
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (!reference.TryGetTarget(out var module))
        {
            return;
        }

        foreach (var method in module.Entry.Method.DeclaringType!.GetMethods(Own).Reverse())
        {
            if (module._isDisposed)
            {
                return;
            }

            try
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The run that calls it meets the same, and throws where somebody listens.
            }
        }
    }

    private static Type TypeOf(Assembly assembly, string className) => assembly.GetType(className, throwOnError: false)
        ?? throw new InternalCompilerException("Compile", $"the generated source has no {className}.Run(in Worker)");

    private static ProgramEntry? MethodOf(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [typeof(Worker).MakeByRefType()])?.CreateDelegate<ProgramEntry>();

    private sealed class Context(string name, int programs) : AssemblyLoadContext(name, isCollectible: true)
    {
        private int _programs = programs;

        public void Release()
        {
            if (Interlocked.Decrement(ref _programs) == 0)
            {
                Unload();
            }
        }

        // The runtime that this compiler uses, also where it lives in a context of its own, as in a host with plug-ins.
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var runtime = typeof(Worker).Assembly;
            return assemblyName.Name == runtime.GetName().Name ? runtime : null;
        }
    }
}
