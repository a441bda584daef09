using System.Diagnostics;
using GraphCompiler;
using GraphCompiler.Compile;
using GraphCompiler.Tests.Compile;
using GraphCompiler.Tests.EndToEnd;
using GraphCompiler.Tests.Host;

// A process of its own for tests. "product": one large product, to measure memory; "steps": training steps, to measure
// allocations; "loops", "vectors": kernels whose machine code is looked at; "rounds": compiles and unloads so often, to
// measure memory; "debug": waits for a debugger; "attach": is one; "emission": generates ahead of time. Otherwise, for the
// disk cache: compiles one program with the cache in the directory that the only argument names, runs it, and says how
// that went.
if (args is ["steps"])
{
    TrainingSteps.Run();
    return;
}

if (args is ["loops"])
{
    HotLoops.Run();
    return;
}

if (args is ["product"])
{
    LargeProduct.Run();
    return;
}

if (args is ["rounds", var rounds])
{
    foreach (var figures in CompileRounds.Run(int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture)))
    {
        Console.WriteLine(CompileRounds.Line(figures));
    }

    return;
}

if (args is ["emission"])
{
    Console.WriteLine(GraphSource.Emit(NamedGraphs.Normalisation()).ContentHash);
    return;
}

if (args is ["debug"])
{
    SteppedKernel.Run();
    return;
}

if (args is ["attach", var pid, var token, var offset, var steps])
{
    var culture = System.Globalization.CultureInfo.InvariantCulture;
    ManagedDebugger.Run(int.Parse(pid, culture), int.Parse(token, culture), int.Parse(offset, culture), int.Parse(steps, culture));
    return;
}

if (args is ["vectors"])
{
    VectorLoops.Run();
    return;
}

var watch = Stopwatch.StartNew();
using var compiled = HandWritten.Double().Compile(new CompileOptions { CacheDirectory = args[0] });
var elapsed = watch.Elapsed;
using var execution = compiled.CreateExecution();
execution.Feed<float>("x", [1, 2, 3, 4]);
execution.Run();
Console.WriteLine($"cached={compiled.WasCached}");
Console.WriteLine($"compilations={RoslynCompiler.CompilationCount}");
Console.WriteLine($"y={string.Join(' ', execution.Read<float>("y"))}");
Console.WriteLine($"milliseconds={elapsed.TotalMilliseconds:F0}");
foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
{
    Console.WriteLine($"assembly={assembly.GetName().Name}");
}
