using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Optimize;

/// <summary>Feeds on which an inexact law shows: two inputs of 13 × 13 elements meet in every pair of special values.</summary>
internal static class SpecialValues
{
    private static readonly double[] Floating =
        [0.0, -0.0, 1, -1, 1.5, -2.25, double.PositiveInfinity, double.NegativeInfinity, double.NaN, float.Epsilon, float.MaxValue, -float.MaxValue, 3e-39f];

    private static readonly double[] Integers = [0, 1, -1, 7, -100, int.MaxValue, int.MaxValue - 1, 46341, -46341, 2, -int.MaxValue, 3, 12];

    /// <summary>Values for input number <paramref name="ordinal"/> of a graph; symbols are 3.</summary>
    public static ReferenceArray For(Tensor input, int ordinal)
    {
        var array = new ReferenceArray(input.DType, input.Shape.Evaluate(static _ => 3));
        var values = input.DType switch
        {
            DType.Bool => [0, 1],
            DType.Int32 => Integers,
            _ => Floating,
        };
        for (var i = 0; i < array.Data.Length; i++)
        {
            array.Data[i] = values[(i + (ordinal * (i / 13)) + (ordinal / 2 * 5)) % values.Length];
        }

        return array;
    }

    /// <summary>Every leaf of a graph is fed; leaves of the same name get the same values in every graph.</summary>
    public static Interpreter Feed(Graph graph, IReadOnlyList<string> order)
    {
        var interpreter = new Interpreter(rounding: true);
        foreach (var (name, leaf) in graph.Leaves)
        {
            interpreter.Feed(leaf, For(leaf, IndexOf(order, name)));
        }

        foreach (var symbol in graph.Nodes.SelectMany(static n => n.Results).SelectMany(static r => r.Shape).SelectMany(static d => d.Symbols))
        {
            interpreter.Set(symbol, 3);
        }

        return interpreter;
    }

    private static int IndexOf(IReadOnlyList<string> order, string name) => order.TakeWhile(n => n != name).Count();

    /// <summary>Equal bits, or both NaN.</summary>
    public static bool Same(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
