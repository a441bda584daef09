using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise rectifier: <c>y[i] = x[i] &lt; 0 ? 0 : x[i]</c>.</summary>
    /// <param name="x">Any shape; float32 or float64.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape and element type as <paramref name="x"/>.</returns>
    /// <remarks>NaN stays, −0 stays −0, −∞ → 0. Gradient: ȳ where y &gt; 0, otherwise 0 (0 at 0 and at NaN); it reads the result, so the input need not be kept. Exact.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0103: the element type is not accepted.</exception>
    public static Tensor Relu(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new ReluOp(), x, new Origin(file, line));
}

internal sealed record ReluOp : UnaryElementwise
{
    public override string Name => "relu";

    protected override KernelExpr Emit(KernelExpr x) => new UnaryExpr(UnaryMachineOp.Relu, x);

    protected override double Evaluate(double x) => x < 0 ? 0 : x;

    internal override InputGradients Gradient(GradientScope g) => [Op.Select(g.Output > g.Constant(0), g.Upstream, g.Constant(0))];

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("relu-relu", "relu(relu(x)) = relu(x)", static n => n.Inputs[0].Node.Operator is ReluOp ? n.Inputs[0] : null),
    ];
}
