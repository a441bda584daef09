using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Drawing;

// Operands of operators that ask for more than a type.
internal sealed partial class Pool
{
    /// <summary>Two tensors whose matrix product exists: of the pool, or with a transposed one, or a square.</summary>
    public (Tensor A, Tensor B) Factors()
    {
        var a = Float(rank: 1);
        if (Pick(b => b.DType == a.DType && b.Rank is 1 or 2 && b.Shape[0] == a.Shape[^1]) is { } b)
        {
            return (a, b);
        }

        return Pick(t => t.DType == a.DType && t.Rank == 2 && t.Shape[1] == a.Shape[^1]) is { } transposed ? (a, transposed.Transpose())
            : a.Rank == 1 ? (a, a)
            : (a, a.Transpose([.. Enumerable.Range(0, a.Rank - 2), a.Rank - 1, a.Rank - 2]));
    }

    /// <summary>Any pairs of equal axes: all orders of a product come up, and batches.</summary>
    public Tensor Contraction(Tensor a)
    {
        var b = Pick(t => t.DType == a.DType && t.Shape.Any(d => a.Shape.Contains(d))) ?? a;
        var pairs = Enumerable.Range(0, a.Rank)
            .SelectMany(i => Enumerable.Range(0, b.Rank).Where(j => a.Shape[i] == b.Shape[j]).Select(j => (i, j)))
            .OrderBy(_ => random.Next()).ToList();
        var (contractA, contractB, batchA, batchB) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var (i, j) in pairs)
        {
            if (contractA.Concat(batchA).Contains(i) || contractB.Concat(batchB).Contains(j))
            {
                continue;
            }

            if (contractA.Count == 0 || Chance(3))
            {
                contractA.Add(i);
                contractB.Add(j);
            }
            else if (Chance(2))
            {
                batchA.Add(i);
                batchB.Add(j);
            }
        }

        return a.Contract(b, [.. contractA], [.. contractB], [.. batchA], [.. batchB]);
    }

    /// <summary>What is concatenated with a tensor: itself, and others that are alike but for one axis.</summary>
    public IEnumerable<Tensor> Stack(Tensor a)
    {
        yield return a;
        for (var i = Next(2); i >= 0; i--)
        {
            yield return Pick(t => t.DType == a.DType && t.Rank == a.Rank && t.Shape.Zip(a.Shape).Count(static d => d.First != d.Second) <= 1) ?? a;
        }
    }

    /// <summary>int32 of any shape, most of them within an extent.</summary>
    public Tensor Indices(Dim extent) => Chance(4) ? Integer() : Below(Integer(), extent);

    /// <summary>One index for each line along an axis.</summary>
    public Tensor Labels(Tensor a, int axis)
    {
        var shape = GraphCompiler.Shape.Create([.. a.Shape.Where((_, i) => i != axis)]);
        var labels = Pick(t => t.DType == DType.Int32 && t.Shape == shape) ?? graph.Iota(shape.ElementCount).Reshape(shape);
        return Below(labels, a.Shape[axis]);
    }

    /// <summary>A factor or summand for each element of the last axis, or none.</summary>
    public Tensor? Weights(Tensor a) => Pick(t => t.DType == a.DType && t.Rank == 1 && t.Shape[0] == a.Shape[^1]);

    public Tensor Scatter(Tensor a)
    {
        var axis = Axis(a);
        var indices = Pick(t => t.DType == DType.Int32 && t.Rank >= 1 && axis + t.Rank <= a.Rank && t.Shape.SequenceEqual(a.Shape.Skip(axis).Take(t.Rank)));
        return a.ScatterAdd(indices ?? graph.Iota(a.Shape[axis]), Next(6) + 1, axis);
    }

    private Tensor Below(Tensor indices, Dim extent) =>
        Op.Max(Op.Min(indices, graph.Constant(Math.Max(0, extent.Max - 1), DType.Int32)), graph.Constant(0, DType.Int32));
}
