using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>
    /// General product: multiplies over paired batch axes, sums over paired contracted axes, and keeps the free axes of both:
    /// <c>y[batch…, freeA…, freeB…] = Σ a[batch, freeA, k]·b[batch, freeB, k]</c>. Matrix products, inner and outer products are cases of it.
    /// </summary>
    /// <param name="a">Any shape; float32 or float64.</param>
    /// <param name="b">Any shape; the same element type.</param>
    /// <param name="contractA">Axes of <paramref name="a"/> that are summed over.</param>
    /// <param name="contractB">The axes of <paramref name="b"/> that they meet, in the same order.</param>
    /// <param name="batchA">Axes of <paramref name="a"/> that stay and meet one of <paramref name="b"/>.</param>
    /// <param name="batchB">The axes of <paramref name="b"/> that they meet, in the same order.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Batch axes in the given order, then free axes of both in their order; the same element type.</returns>
    /// <remarks>Products and sums are fused (one rounding each); their order is fixed by the extents alone. |error| ≤ 4·√k·ε·Σ|a·b|. Nothing to sum: 0. Gradient: two contractions, no transposed copies. 2 flops for each product.</remarks>
    /// <exception cref="GraphException">GRC0102: element types differ. GRC0103: not floating. GRC0104: an axis is out of range or repeated. GRC0120: extents of paired axes differ.</exception>
    public static Tensor Contract(
        this Tensor a, Tensor b, int[] contractA, int[] contractB, int[]? batchA = null, int[]? batchB = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(contractA);
        ArgumentNullException.ThrowIfNull(contractB);
        var axes = new ContractionAxes(
            EquatableArray.Create<int>(batchA ?? []), EquatableArray.Create<int>(batchB ?? []), EquatableArray.Create<int>(contractA), EquatableArray.Create<int>(contractB));
        return Tensor.Binary(new ContractOp(axes), a, b, new Origin(file, line));
    }
}

internal sealed record ContractOp(ContractionAxes Axes) : Operator
{
    public override string Name => "contract";

    internal override bool Accepts(int inputs) => inputs == 2;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        s.SameType();
        s.Floating(0);
        Check(s, 0, [.. Axes.BatchA, .. Axes.ContractA]);
        Check(s, 1, [.. Axes.BatchB, .. Axes.ContractB]);
        var (a, b) = (s[0].Shape, s[1].Shape);
        if (!ArePaired(Axes.BatchA, Axes.BatchB, a, b) || !ArePaired(Axes.ContractA, Axes.ContractB, a, b))
        {
            throw s.Error("GRC0120", "equal extents of paired axes", $"{s.Facts()}; {this}");
        }

        var dims = new List<Dim>(a.Rank + b.Rank);
        foreach (var axis in Axes.BatchA)
        {
            dims.Add(a[axis]);
        }

        foreach (var axis in Axes.FreeA(a.Rank))
        {
            dims.Add(a[axis]);
        }

        foreach (var axis in Axes.FreeB(b.Rank))
        {
            dims.Add(b[axis]);
        }

        return [s[0].With(Shape.Create([.. dims]))];
    }

    private static bool ArePaired(EquatableArray<int> ofA, EquatableArray<int> ofB, Shape a, Shape b)
    {
        var paired = ofA.Count == ofB.Count;
        for (var i = 0; paired && i < ofA.Count; i++)
        {
            paired = a[ofA[i]] == b[ofB[i]];
        }

        return paired;
    }

    // Each gradient is the upstream contracted with the other operand over that one's free axes. Two orders of the operands
    // give the axes in two orders: the one that is the operand's own needs no transpose.
    internal override InputGradients Gradient(GradientScope g)
    {
        var (a, b) = (g.Inputs[0], g.Inputs[1]);
        int batch = Axes.BatchA.Count, freeA = Axes.FreeA(a.Rank).Length, freeB = Axes.FreeB(b.Rank).Length;
        var dyFreeA = Enumerable.Range(batch, freeA).ToArray();
        var dyFreeB = Enumerable.Range(batch + freeA, freeB).ToArray();
        return
        [
            g.Needs(0) ? Back(g.Upstream, b, dyFreeB, [.. Axes.FreeB(b.Rank)], [.. Axes.BatchB], [.. Axes.BatchA], [.. Axes.FreeA(a.Rank)], Axes.ContractA, Axes.ContractB) : null,
            g.Needs(1) ? Back(g.Upstream, a, dyFreeA, [.. Axes.FreeA(a.Rank)], [.. Axes.BatchA], [.. Axes.BatchB], [.. Axes.FreeB(b.Rank)], Axes.ContractB, Axes.ContractA) : null,
        ];
    }

    // target: axes of the operand whose gradient this is; other: axes of the other one.
    private static Tensor Back(
        Tensor dy, Tensor other, int[] dyContract, int[] otherContract, int[] otherBatch, int[] targetBatch, int[] targetFree, EquatableArray<int> targetContract, EquatableArray<int> otherKept)
    {
        var dyBatch = Enumerable.Range(0, otherBatch.Length).ToArray();
        // The other operand's kept axes come out ascending; the target axis that each of them is:
        int[] kept = [.. targetContract], ascending = [.. otherKept];
        Array.Sort(ascending, kept);
        int[] dyFirst = [.. targetBatch, .. targetFree, .. kept];
        int[] otherFirst = [.. targetBatch, .. kept, .. targetFree];
        var swap = !IsIdentity(dyFirst) && IsIdentity(otherFirst);
        var result = swap
            ? other.Contract(dy, otherContract, dyContract, otherBatch, dyBatch)
            : dy.Contract(other, dyContract, otherContract, dyBatch, otherBatch);
        var order = swap ? otherFirst : dyFirst;
        return IsIdentity(order) ? result
            : result.Transpose([.. Enumerable.Range(0, order.Length).Select(axis => Array.IndexOf(order, axis))]);
    }

    private static bool IsIdentity(int[] order)
    {
        var same = 0;
        while (same < order.Length && order[same] == same)
        {
            same++;
        }

        return same == order.Length;
    }

    private static void Check(InferScope s, int input, int[] axes)
    {
        var (seen, valid) = (new bool[s[input].Rank], true);
        foreach (var axis in axes)
        {
            valid = valid && axis >= 0 && axis < seen.Length && !seen[axis] && (seen[axis] = true);
        }

        if (!valid)
        {
            throw s.Error("GRC0104", $"different axes between 0 and {s[input].Rank - 1}", $"{s.Input(input).Describe()} is {s[input]}, axes are [{string.Join(", ", axes)}]");
        }
    }

    internal override Lowering Lower(LoweringScope s) => new ContractLowering(Axes);

    internal override void Reference(ReferenceScope r)
    {
        var (a, b) = (r.Inputs[0], r.Inputs[1]);
        var (freeA, freeB) = (Axes.FreeA(a.Rank), Axes.FreeB(b.Rank));
        var sumShape = Axes.ContractA.Select(axis => a.Shape[axis]).ToArray();
        var (ia, ib) = (new long[a.Rank], new long[b.Rank]);
        r.Fill(i =>
        {
            var batch = Axes.BatchA.Count;
            for (var d = 0; d < batch; d++)
            {
                ia[Axes.BatchA[d]] = ib[Axes.BatchB[d]] = i[d];
            }

            for (var d = 0; d < freeA.Length; d++)
            {
                ia[freeA[d]] = i[batch + d];
            }

            for (var d = 0; d < freeB.Length; d++)
            {
                ib[freeB[d]] = i[batch + freeA.Length + d];
            }

            var sum = 0.0;
            ReferenceArray.ForEach(sumShape, k =>
            {
                for (var d = 0; d < k.Length; d++)
                {
                    ia[Axes.ContractA[d]] = ib[Axes.ContractB[d]] = k[d];
                }

                sum += a.At(ia) * b.At(ib);
            });
            return sum;
        });
    }

    internal override Cost Cost(Node node)
    {
        Dim flops = node.Results[0].Shape.ElementCount * 2;
        foreach (var axis in Axes.ContractA)
        {
            flops *= node.Inputs[0].Shape[axis];
        }

        return new(flops, Operators.Cost.Traffic(node));
    }

    public override string ToString() =>
        $"contract[{Axes.ContractA} with {Axes.ContractB}{(Axes.BatchA.Count == 0 ? "" : $", batch {Axes.BatchA} with {Axes.BatchB}")}]";
}
