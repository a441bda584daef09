using GraphCompiler.Runtime;

namespace GraphCompiler.Tool.Profiling;

/// <summary>Values to run a graph on when nobody has any: numbers between 0 and 1, and zero for indices, which is in range wherever there is an element.</summary>
internal static class RandomInputs
{
    private const int Seed = 1;

    /// <summary>Feeds all inputs, at the bounds of all symbols.</summary>
    public static void Feed(Execution execution)
    {
        var random = new Random(Seed);
        foreach (var symbol in execution.Layout.Symbols)
        {
            execution.Bind(symbol.Name, symbol.Max);
        }

        foreach (var slot in execution.Layout.Slots.Where(static s => s.Kind == SlotKind.Input))
        {
            switch (slot.Type)
            {
                case DType.Float32:
                    Fill(execution.Span(execution.Layout.Input<float>(slot.Name)), random.NextSingle);
                    break;
                case DType.Float64:
                    Fill(execution.Span(execution.Layout.Input<double>(slot.Name)), random.NextDouble);
                    break;
                case DType.Int32:
                    execution.Span(execution.Layout.Input<int>(slot.Name)).Clear();
                    break;
                default:
                    execution.Span(execution.Layout.Input<bool>(slot.Name)).Clear();
                    break;
            }
        }
    }

    private static void Fill<T>(Span<T> values, Func<T> next)
    {
        foreach (ref var value in values)
        {
            value = next();
        }
    }
}
