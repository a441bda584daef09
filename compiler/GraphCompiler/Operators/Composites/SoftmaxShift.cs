namespace GraphCompiler.Operators;

/// <summary>What softmax and log-sum-exp subtract: the maximum along the axis, or 0 where that is infinite and ∞ − ∞ would make NaN.</summary>
internal static class SoftmaxShift
{
    /// <summary>Any shift gives the same result, so its gradient is zero and differentiation need not see it.</summary>
    public static Tensor Of(Tensor x, int axis, string file, int line)
    {
        var origin = new Origin(file, line);
        var max = x.Max([axis], keepDims: true, file, line).StopGradient(file, line);
        var infinity = x.Graph.Splat(double.PositiveInfinity, x.DType, Shape.Scalar, origin);
        var zero = x.Graph.Splat(0, x.DType, Shape.Scalar, origin);
        return max.Abs(file, line).EqualTo(infinity, file, line).Select(zero, max, file, line);
    }
}
