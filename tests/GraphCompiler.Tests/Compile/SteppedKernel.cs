using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Tests.Compile;

/// <summary>A training step of scalars, compiled for a debugger: it runs once somebody is attached and says so.</summary>
internal static class SteppedKernel
{
    public const string Ready = "ready";

    public static CompileOptions Options { get; } = new() { Debuggable = true, Workers = 1, CacheDirectory = "" };

    public static Graph Graph() => NamedGraphs.Logistic();

    public static void Run()
    {
        using var compiled = Graph().Compile(Options);
        using var step = compiled.CreateExecution();
        foreach (var input in new[] { "x1", "x2", "y" })
        {
            step.Feed(input, 1f);
        }

        Console.WriteLine(Ready);
        Console.ReadLine();
        step.Run();
        Console.WriteLine($"loss={step.Scalar<float>("loss")}");
    }
}
