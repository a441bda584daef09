using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>What an operator with loops of its own builds on: its operands in memory, and a place for statements.</summary>
internal sealed class NestScope(Node node, Func<int, Operand> inputs, ImmutableArray<KernelBuffer> outputs)
{
    public Node Node => node;

    public List<KernelStatement> Statements { get; } = [];

    /// <summary>An element of an input.</summary>
    public KernelExpr Read(int input, params ImmutableArray<AffineIndex> index) => new LoadExpr(inputs(input).At(index));

    /// <summary>A place in an output.</summary>
    public Access Output(int result, params ImmutableArray<AffineIndex> index) => outputs[result].Dense.At(index);

    /// <summary>A place in an output whose coordinate along an axis is data, in range.</summary>
    public Access OutputIndirect(int result, ImmutableArray<AffineIndex> index, int axis, KernelExpr coordinate) =>
        outputs[result].Dense.At(index, axis, coordinate);
}
