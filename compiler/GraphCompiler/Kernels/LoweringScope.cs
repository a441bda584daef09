using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Kernels;

/// <summary>
/// What <see cref="Operator.Lower"/> sees: the index of the result, and how to read inputs. Whether a read becomes a load
/// or the fused expression of the input is the scheduler's business.
/// </summary>
internal abstract class LoweringScope(Node node, ImmutableArray<AffineIndex> index)
{
    public Node Node => node;

    /// <summary>Index of the result, one entry for each axis.</summary>
    public ImmutableArray<AffineIndex> Index => index;

    /// <summary>The input at the result's index, broadcast as NumPy does.</summary>
    public KernelExpr Input(int input)
    {
        var shape = node.Inputs[input].Shape;
        return Read(input, IsIndex(shape) ? index : Broadcast(shape));
    }

    /// <summary>The input at any index.</summary>
    public abstract KernelExpr Read(int input, ImmutableArray<AffineIndex> at);

    /// <summary>
    /// The input at an index whose coordinate along <paramref name="axis"/> is data: an int32 expression, in range. The input is in memory.
    /// </summary>
    public abstract KernelExpr ReadIndirect(int input, ImmutableArray<AffineIndex> at, int axis, KernelExpr coordinate);

    // The rule: nothing is stretched, and the index can stay one object, which is quick to compare.
    private bool IsIndex(Shape shape)
    {
        var isIndex = shape.Rank == index.Length;
        for (var axis = 0; isIndex && axis < shape.Rank; axis++)
        {
            isIndex = shape[axis] != 1 || index[axis].IsZero;
        }

        return isIndex;
    }

    private ImmutableArray<AffineIndex> Broadcast(Shape shape)
    {
        var skip = index.Length - shape.Rank;
        var own = ImmutableArray.CreateBuilder<AffineIndex>(shape.Rank);
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            own.Add(shape[axis] == 1 ? 0 : index[axis + skip]);
        }

        return own.MoveToImmutable();
    }
}
