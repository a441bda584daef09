using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Shapes;

/// <summary>What <see cref="Operator.Infer"/> sees: the inputs, and how to report a mistake at the line that made it.</summary>
internal readonly struct InferScope(Operator op, ImmutableArray<Tensor> inputs, Origin origin)
{
    public int Count => inputs.Length;

    /// <summary>The user's line.</summary>
    public Origin Origin => origin;

    public TensorType this[int input] => inputs[input].Type;

    public Tensor Input(int input) => inputs[input];

    /// <summary>"<c>op</c> requires <c>rule</c>: <c>facts</c>", with the user's file and line.</summary>
    public GraphException Error(string id, string rule, string facts) =>
        new(id, $"{Display(op.Name)} requires {rule}: {facts}", origin.File, origin.Line);

    /// <summary>Names and types of all inputs: <c>"x" is float32[64, 784], "w1" is float32[700, 256]</c>.</summary>
    public string Facts() => string.Join(", ", inputs.Select(static i => $"{i.Describe()} is {i.Type}"));

    /// <summary>GRC0102 unless all inputs have one element type.</summary>
    public DType SameType()
    {
        for (var i = 1; i < Count; i++)
        {
            if (this[i].DType != this[0].DType)
            {
                throw Error("GRC0102", "equal element types", Facts());
            }
        }

        return this[0].DType;
    }

    /// <summary>GRC0103 unless the input is float32 or float64.</summary>
    public void Floating(int input)
    {
        if (!this[input].DType.IsFloating())
        {
            throw Error("GRC0103", "a floating element type", Facts());
        }
    }

    /// <summary>GRC0104 unless <paramref name="axis"/> is in [−rank, rank); returns it counted from the front.</summary>
    public int Axis(int input, int axis)
    {
        var rank = this[input].Rank;
        return axis >= -rank && axis < rank ? (axis + rank) % rank
            : throw Error("GRC0104", $"an axis between {-rank} and {rank - 1}", $"{Facts()}, axis is {axis}");
    }

    /// <summary>GRC0104 unless <paramref name="axis"/> is in [0, rank): what an operator holds is counted from the front already.</summary>
    public void FrontAxis(int input, int axis)
    {
        var rank = this[input].Rank;
        if (axis < 0 || axis >= rank)
        {
            throw Error("GRC0104", $"an axis between 0 and {rank - 1}", $"{Facts()}, axis is {axis}");
        }
    }

    // The method that the user called: "add" is Add, "log_softmax" is LogSoftmax.
    private static string Display(string name) =>
        string.Concat(name.Split('_').Select(static part => char.ToUpperInvariant(part[0]) + part[1..]));
}
