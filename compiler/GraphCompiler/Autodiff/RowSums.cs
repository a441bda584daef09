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
    private const int MaxTerms = 4, MaxDepth = 8;

    /// <summary>The sum with its factors taken out; null where a term has none.</summary>
    /// <param name="x">What is summed.</param>
    /// <param name="axes">Over which axes; ascending.</param>
    /// <param name="origin">Of the new nodes.</param>
    public static Tensor? Of(Tensor x, IReadOnlyList<int> axes, Origin origin)
    {
        // Without elements the sum is 0 whatever the factors are; a factor of infinity must not change that.
        var first = x.Rank - axes.Count;
        for (var i = 0; i < axes.Count; i++)
        {
            if (first == 0 || axes[i] != first + i || x.Shape[axes[i]] is not { IsConstant: true, Max: > 0 })
            {
                return null;
            }
        }

        var terms = new List<Term>();
        return Collect(x, isNegative: false, first, terms, MaxDepth) ? Sum(terms, axes.ToEquatableArray(), Rows(x.Shape, first), origin) : null;
    }

    private static Tensor? Sum(List<Term> terms, EquatableArray<int> axes, Shape rows, Origin origin)
    {
        Tensor? total = null;
        foreach (var term in terms)
        {
            var sum = Tensor.Apply(new SumOp(axes), term.Whole, origin);
            var product = Tensor.Binary(new MultiplyOp(), sum, Tensor.Apply(new ReshapeOp(rows), term.Factor, origin), origin);
            total = total is null ? term.IsNegative ? Tensor.Apply(new NegateOp(), product, origin) : product
                : Tensor.Binary(term.IsNegative ? new SubtractOp() : new AddOp(), total, product, origin);
        }

        return total;
    }

    // What is added up, in order; false where a term has no factor, or there is too much to look at.
    private static bool Collect(Tensor x, bool isNegative, int first, List<Term> terms, int depth)
    {
        var node = x.Node;
        if (node.Operator is NegateOp && depth > 0)
        {
            return Collect(node.Inputs[0], !isNegative, first, terms, depth - 1);
        }

        if (node.Operator is AddOp or SubtractOp && node.Inputs[0].Shape == x.Shape && node.Inputs[1].Shape == x.Shape && depth > 0)
        {
            return Collect(node.Inputs[1], isNegative ^ node.Operator is SubtractOp, first, terms, depth - 1)
                && Collect(node.Inputs[0], isNegative, first, terms, depth - 1);
        }

        if (terms.Count == MaxTerms || Factors(x, first) is not var (whole, factor))
        {
            return false;
        }

        terms.Insert(0, new Term(whole, factor, isNegative));
        return true;
    }

    private static (Tensor Whole, Tensor Factor)? Factors(Tensor term, int first)
    {
        if (term.Node.Operator is not MultiplyOp)
        {
            return null;
        }

        var (a, b) = (term.Node.Inputs[0], term.Node.Inputs[1]);
        return a.Shape == term.Shape && OfRow(b, term.Shape, first) is { } right ? (a, right)
            : b.Shape == term.Shape && OfRow(a, term.Shape, first) is { } left ? (b, left)
            : null;
    }

    // A computed value with one element for each row, without its repetition. Of leaves the factor is known in time anyway.
    private static Tensor? OfRow(Tensor factor, Shape shape, int first)
    {
        var kept = factor.Rank == shape.Rank ? first : -1;
        if (factor.Node is { Operator: BroadcastOp broadcast } node && factor.Shape == shape)
        {
            factor = node.Inputs[0];
            kept = 0;
            foreach (var axis in broadcast.Axes)
            {
                kept += axis < first ? 1 : 0;
            }
        }

        if (kept != first || factor.Node.Inputs.IsEmpty)
        {
            return null;
        }

        for (var axis = 0; axis < factor.Rank; axis++)
        {
            if (factor.Shape[axis] != (axis < first ? shape[axis] : 1))
            {
                return null;
            }
        }

        return factor;
    }

    private static Shape Rows(Shape shape, int first) => Shape.Create(shape.AsSpan()[..first]);

    private sealed record Term(Tensor Whole, Tensor Factor, bool IsNegative);
}
