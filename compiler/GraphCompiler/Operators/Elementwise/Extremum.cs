using GraphCompiler.Autodiff;

namespace GraphCompiler.Operators;

/// <summary>The gradient that minimum and maximum share: the whole to the winner, half to each where both are equal.</summary>
internal static class Extremum
{
    public static InputGradients Gradient(GradientScope g)
    {
        var (a, b, y) = (g.Inputs[0], g.Inputs[1], g.Output);
        var share = Op.Select(a.EqualTo(b), g.Upstream * 0.5, g.Upstream);
        return
        [
            g.Needs(0) ? Op.Select(a.EqualTo(y), share, g.Constant(0)) : null,
            g.Needs(1) ? Op.Select(b.EqualTo(y), share, g.Constant(0)) : null,
        ];
    }
}
