using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Schedule;

namespace GraphCompiler.Tests.Compile;

/// <summary>Programs written by hand, in the place of the code generator's.</summary>
internal static class HandWritten
{
    public const long MaxBatch = 64;

    /// <summary>y = 2·x over a symbolic batch of rows of four.</summary>
    public static (Graph Graph, GeneratedProgram Program) Double(string? comment = null, int parallelism = 4)
    {
        var graph = new Graph("double");
        var batch = Dim.Symbol("batch", MaxBatch);
        var x = graph.Input("x", [batch, 4]);
        graph.Output("y", x + x);
        ImmutableArray<ExtentLayout> shape = [new(1, [0]), new(4, [])];
        var layout = new ProgramLayout(
            graph.Name,
            ProgramLayout.CurrentAbi,
            [
                new(SlotKind.Input, "x", DType.Float32, shape, 0, MaxBatch * 16),
                new(SlotKind.Output, "y", DType.Float32, shape, 0, MaxBatch * 16),
            ],
            [new("batch", MaxBatch)],
            ArenaBytes: 0,
            Scratch: [],
            WritesVariables: false);
        const string Body = """
            nint count = w.Symbol(0) * 4;
            var (begin, end) = GraphCompiler.Runtime.Threading.Partition.Of(count, 4, w.Index, w.Count);
            ref float x = ref w.Float32(0);
            ref float y = ref w.Float32(1);
            for (nint i = begin; i < end; i++)
            {
                Unsafe.Add(ref y, i) = 2f * Unsafe.Add(ref x, i);
            }
            """;
        return (graph, Program("Double", Body, layout, parallelism, [], comment));
    }

    /// <summary>A source of its own for each call: what one test leaves in a cache is of no use to another.</summary>
    public static string UniqueComment() => $"// {Guid.NewGuid()}";

    public static GeneratedProgram Program(
        string className,
        string body,
        ProgramLayout layout,
        int parallelism = 1,
        ImmutableArray<(int Slot, ReadOnlyMemory<double> Values)> constants = default,
        string? comment = null)
    {
        var source = $$"""
            // Written by hand.
            {{comment}}
            using System.Runtime.CompilerServices;
            using GraphCompiler.Runtime;

            namespace Generated;

            public static class {{className}}
            {
                public static void Run(in Worker w)
                {
            {{body}}
                }
            }
            """;
        constants = constants.IsDefault ? [] : constants;
        return new($"Generated.{className}", source, layout, new MemoryPlan([], 0, []), parallelism, "by hand", 1, 1, constants);
    }

    /// <summary>Compiles without a cache on disk, unless the options name one.</summary>
    public static CompiledGraph Compile(
        this (Graph Graph, GeneratedProgram Program) pair,
        CompileOptions? options = null,
        CancellationToken cancellation = default) =>
        GraphCompilation.Run(pair.Graph, options ?? NoCache, (_, _, _) => pair.Program, cancellation);

    public static CompileOptions NoCache { get; } = new() { CacheDirectory = "" };
}
