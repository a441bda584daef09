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

        var factors = terms.Select(t => Factors(t.Term, first)).ToList();
        if (factors.Contains(null))
        {
            return null;
        }

        Shape rows = [.. x.Shape.Take(first)];
        Tensor? total = null;
        foreach (var ((_, isNegative), found) in terms.Zip(factors))
        {
            var (whole, factor) = found!.Value;
            var sum = Tensor.Apply(new SumOp(axes.ToEquatableArray()), whole, origin);
            var product = Tensor.Binary(new MultiplyOp(), sum, Tensor.Apply(new ReshapeOp(rows), factor, origin), origin);
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
        var kept = first;
        if (factor.Node is { Operator: BroadcastOp broadcast } node && factor.Shape == shape)
        {
            factor = node.Inputs[0];
            kept = broadcast.Axes.Count(a => a < first);
        }
        else if (factor.Rank != shape.Rank)
        {
            return null;
        }

        return kept == first && factor.Shape.Take(first).SequenceEqual(shape.Take(first)) && factor.Shape.Skip(first).All(static d => d == 1)
            && !factor.Node.Inputs.IsEmpty ? factor : null;
    }
}
