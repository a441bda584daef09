using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Autodiff;

/// <summary>
/// The sum over a row of terms that each have a factor of the row: <c>Σ (a·r + b·s) = r·Σa + s·Σb</c>. Normalisations have such
/// gradients, where r and s come from sums over the same row. With the factors within, the sum has to wait for them and the row
/// is gone through once more; outside of it, all sums are taken together.
/// </summary>
internal static class RowSums
{
    private const int MaxTerms = 4;

    /// <summary>The sum with its factors taken out; null where a term has none.</summary>
    /// <param name="x">What is summed.</param>
    /// <param name="axes">Over which axes; ascending.</param>
    /// <param name="origin">Of the new nodes.</param>
    public static Tensor? Of(Tensor x, IReadOnlyList<int> axes, Origin origin)
    {
        // Without elements the sum is 0 whatever the factors are; a factor of infinity must not change that.
        var first = x.Rank - axes.Count;
        if (first == 0 || axes[0] != first || !axes.All(a => x.Shape[a] is { IsConstant: true, Max: > 0 }) || TermsOf(x) is not { } terms)
        {
            return null;
        }

        Tensor? total = null;
        foreach (var (term, isNegative) in terms)
        {
            if (term.Node.Operator is not MultiplyOp || Factors(term, first) is not var (whole, factor))
            {
                return null;
            }

            var product = Tensor.Binary(new MultiplyOp(), Tensor.Apply(new SumOp(axes.ToEquatableArray()), whole, origin), factor, origin);
            total = (total, isNegative) switch
            {
                (null, false) => product,
                (null, true) => Tensor.Apply(new NegateOp(), product, origin),
                (_, false) => Tensor.Binary(new AddOp(), total, product, origin),
                _ => Tensor.Binary(new SubtractOp(), total, product, origin),
            };
        }

        return total;
    }

    // What is added up, in order; null where there is too much of it.
    private static List<(Tensor Term, bool IsNegative)>? TermsOf(Tensor x)
    {
        var (terms, open) = (new List<(Tensor, bool)>(), new Stack<(Tensor Tensor, bool IsNegative)>([(x, false)]));
        while (open.TryPop(out var next))
        {
            var (node, sign) = (next.Tensor.Node, next.IsNegative);
            if (node.Inputs.All(i => i.Shape == x.Shape) && node.Operator is NegateOp or AddOp or SubtractOp)
            {
                for (var i = node.Inputs.Length - 1; i >= 0; i--)
                {
                    open.Push((node.Inputs[i], sign ^ (node.Operator is NegateOp || (node.Operator is SubtractOp && i == 1))));
                }
            }
            else
            {
                terms.Add(next);
            }

            if (terms.Count + open.Count > MaxTerms)
            {
                return null;
            }
        }

        return terms;
    }

    private static (Tensor Whole, Tensor Factor)? Factors(Tensor product, int first)
    {
        var (a, b) = (product.Node.Inputs[0], product.Node.Inputs[1]);
        return a.Shape == product.Shape && OfRow(b, product.Shape, first) is { } right ? (a, right)
            : b.Shape == product.Shape && OfRow(a, product.Shape, first) is { } left ? (b, left)
            : null;
    }

    // A computed value of the row, of the shape of the rows. Of leaves the factor is known in time anyway.
    private static Tensor? OfRow(Tensor factor, Shape shape, int first)
    {
        if (factor.Node is { Operator: BroadcastOp broadcast } node && factor.Shape == shape)
        {
            var isFront = broadcast.Axes.Select(static (axis, i) => (axis, i)).All(a => a.axis == a.i || a.axis >= first);
            return isFront ? Front(node.Inputs[0], Math.Min(first, node.Inputs[0].Rank), shape, first) : null;
        }

        return factor.Rank == shape.Rank ? Front(factor, first, shape, first) : null;
    }

    private static Tensor? Front(Tensor factor, int kept, Shape shape, int first)
    {
        Shape rows = [.. shape.Take(first)], source = [.. factor.Shape.Take(kept)];
        return source == rows && factor.Shape.Skip(kept).All(static d => d == 1) && !factor.Node.Inputs.IsEmpty
            ? Tensor.Apply(new ReshapeOp(rows), factor, Origin.None) : null;
    }
}
