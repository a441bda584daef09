using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Matrix product over the last two axes: <c>y[…, i, j] = Σₖ a[…, i, k]·b[…, k, j]</c>.</summary>
    /// <param name="a"><c>[…, m, k]</c>, or <c>[k]</c> as one row that the result drops again; float32 or float64.</param>
    /// <param name="b"><c>[…, k, n]</c>, or <c>[k]</c> as one column that the result drops again; the same element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns><c>[…, m, n]</c>. Leading axes are equal in both, or one of the two has none.</returns>
    /// <remarks>Transposed views are read in place, never copied. Gradient: ȳ·bᵀ and aᵀ·ȳ. Numerics: see <see cref="Contract"/>. 2·m·n·k flops.</remarks>
    /// <exception cref="GraphException">GRC0102: element types differ. GRC0103: not floating. GRC0121: rank 0, or inner dimensions that differ. GRC0122: leading axes that differ.</exception>
    public static Tensor MatMul(this Tensor a, Tensor b, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        RequireNumbers(a, b, file, line);
        var facts = $"{a.Describe()} is {a.Shape}, {b.Describe()} is {b.Shape}";
        if (a.Rank == 0 || b.Rank == 0 || a.Shape[^1] != b.Shape[b.Rank == 1 ? 0 : b.Rank - 2])
        {
            throw new GraphException("GRC0121", $"MatMul requires inner dimensions to match: {facts}", file, line);
        }

        var batch = a.Rank > 2 && b.Rank > 2 ? a.Rank - 2 : 0;
        if (batch > 0 && (a.Rank != b.Rank || !a.Shape.Take(batch).SequenceEqual(b.Shape.Take(batch))))
        {
            throw new GraphException("GRC0122", $"MatMul requires leading axes to be equal, or one operand to have none: {facts}", file, line);
        }

        int[] axes = [.. Enumerable.Range(0, batch)];
        var inner = b.Rank == 1 ? 0 : b.Rank - 2;
        var y = a.Contract(b, [a.Rank - 1], [inner], axes, axes, file, line);
        if (b.Rank <= 2 || batch > 0)
        {
            return y;
        }

        // [m, k]·[…, k, n] leaves m in front: the result has the leading axes of b first.
        var leading = b.Rank - 2;
        var rows = a.Rank - 1;
        return y.Transpose([.. Enumerable.Range(rows, leading), .. Enumerable.Range(0, rows), y.Rank - 1], file, line);
    }

    // The contraction checks the same, but would name itself.
    private static void RequireNumbers(Tensor a, Tensor b, string file, int line)
    {
        if (a.DType != b.DType)
        {
            throw new GraphException("GRC0102", $"MatMul requires equal element types: {a.Describe()} is {a.Type}, {b.Describe()} is {b.Type}", file, line);
        }

        Composite.RequireFloating("MatMul", a, new Origin(file, line));
    }
}
