using System.Runtime.CompilerServices;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise <c>y[i] = a[i] = b[i]</c>.</summary>
    /// <param name="a">Any shape; float32, float64 or int32.</param>
    /// <param name="b">A shape that broadcasts with it; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, bool.</returns>
    /// <remarks>IEEE 754: false where either is NaN (not-equal: true); −0 equals 0. No gradient flows through it: it is piecewise constant.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0102: the element types differ. GRC0103: bool.</exception>
    public static Tensor EqualTo(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new EqualOp(), a, b, new Origin(file, line));
}

internal sealed record EqualOp : Comparison
{
    public override string Name => "equal";

    protected override BinaryMachineOp MachineOp => BinaryMachineOp.Equal;

    protected override bool Evaluate(double a, double b) => a == b;
}
