using GraphCompiler.Autodiff;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

/// <summary>The gradient that maximum and minimum over axes share: equal parts to all elements that attain the extremum.</summary>
internal static class ExtremumReduction
{
    public static InputGradients Gradient(GradientScope g, EquatableArray<int> axes)
    {
        if (!g.X.DType.IsFloating())
        {
            return InputGradients.None($"its input {g.X.Describe()} is {g.X.Type}, and integers have no derivative");
        }

        var attains = g.X.EqualTo(Reduction.Restore(g.Output, axes, g.X.Shape));
        var count = Tensor.Apply(new SumOp(axes), attains.Cast(g.X.DType), Origin.None);
        var share = Reduction.Restore(g.Upstream / count, axes, g.X.Shape);
        return [Op.Select(attains, share, g.Constant(0))];
    }
}
