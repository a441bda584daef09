using System.Runtime.CompilerServices;
using GraphCompiler.Kernels;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise disjunction: <c>y[i] = a[i] ∨ b[i]</c>.</summary>
    /// <param name="a">Any shape; bool.</param>
    /// <param name="b">A shape that broadcasts with it; bool.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The broadcast shape, bool.</returns>
    /// <remarks>Both sides are evaluated. No gradient flows through it. Exact.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0101: the shapes do not broadcast. GRC0103: not bool.</exception>
    public static Tensor Or(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Binary(new OrOp(), a, b, new Origin(file, line));
}

internal sealed record OrOp : Logic
{
    public override string Name => "or";

    protected override BinaryMachineOp MachineOp => BinaryMachineOp.Or;

    protected override bool Evaluate(bool a, bool b) => a || b;
}
