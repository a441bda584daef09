using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Tests.Running;

/// <summary>Programs whose entry is an ordinary method.</summary>
internal static class Programs
{
    public const long MaxBatch = 64;

    /// <summary>Extent of a symbol, or of several.</summary>
    public static ExtentLayout Of(params int[] symbols) => new(1, [.. symbols]);

    /// <summary>Constant extent.</summary>
    public static ExtentLayout Of(long factor) => new(factor, []);

    public static SlotLayout Slot(SlotKind kind, string name, DType type, long maxBytes, params ExtentLayout[] shape) =>
        new(kind, name, type, [.. shape], 0, maxBytes);

    public static ProgramLayout Layout(ImmutableArray<SymbolLayout> symbols, params SlotLayout[] slots) =>
        new("test", ProgramLayout.CurrentAbi, [.. slots], symbols, 0, [], false);

    public static CompiledProgram Program(ProgramLayout layout, ProgramEntry entry, int parallelism = 4) =>
        new(layout, entry, parallelism, [], []);

    /// <summary>y = 2·x, for x [batch, 4].</summary>
    public static CompiledProgram Double(ProgramEntry? entry = null) => Program(
        Layout(
            [new("batch", MaxBatch)],
            Slot(SlotKind.Input, "x", DType.Float32, MaxBatch * 16, Of([0]), Of(4L)),
            Slot(SlotKind.Output, "y", DType.Float32, MaxBatch * 16, Of([0]), Of(4L))),
        entry ?? Double);

    /// <summary>An input x and an output y of one float32 shape, and code that does nothing.</summary>
    public static CompiledProgram OfShape(ImmutableArray<SymbolLayout> symbols, params ExtentLayout[] shape)
    {
        var bytes = shape.Aggregate(4L, (product, extent) =>
            extent.Symbols.Aggregate(product * extent.Factor, (p, symbol) => p * symbols[symbol].Max));
        return Program(
            Layout(
                symbols,
                Slot(SlotKind.Input, "x", DType.Float32, bytes, shape),
                Slot(SlotKind.Output, "y", DType.Float32, bytes, shape)),
            static (in _) => { });
    }

    private static void Double(in Worker w)
    {
        var (begin, end) = Runtime.Threading.Partition.Of(4 * w.Symbol(0), 4, w.Index, w.Count);
        for (var i = begin; i < end; i++)
        {
            Unsafe.Add(ref w.Float32(1), i) = 2 * Unsafe.Add(ref w.Float32(0), i);
        }

        w.Barrier();
    }
}
