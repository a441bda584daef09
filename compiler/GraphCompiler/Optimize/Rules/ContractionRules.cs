using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;

namespace GraphCompiler.Optimize.Rules;

/// <summary>Products read and write permuted operands by their strides. Each sum keeps its terms and their order.</summary>
internal static class ContractionRules
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("contract-transpose", "a product with a permuted operand pairs other axes of the operand as it lies", static n =>
            n.Operator is ContractOp op ? ReadInPlace(op, n, 0) ?? ReadInPlace(op, n, 1) : null),
        new("transpose-contract", "a product whose blocks of axes are exchanged is the product of the exchanged operands: (a·b)ᵀ = bᵀ·aᵀ", static n =>
            n.Operator is TransposeOp op && n.Inputs[0].Node is { Operator: ContractOp } product ? Exchange(op, product) : null),
    ];

    // Free axes come out in the operand's order: that order must be the same without the permutation.
    private static Tensor? ReadInPlace(ContractOp op, Node node, int input)
    {
        if (node.Inputs[input].Node is not { Operator: TransposeOp { Permutation: var permutation } } transpose)
        {
            return null;
        }

        var axes = op.Axes;
        var free = (input == 0 ? axes.FreeA(permutation.Count) : axes.FreeB(permutation.Count)).Select(axis => permutation[axis]).ToArray();
        if (!free.SequenceEqual(free.Order()))
        {
            return null;
        }

        var moved = input == 0
            ? axes with { BatchA = Through(axes.BatchA, permutation), ContractA = Through(axes.ContractA, permutation) }
            : axes with { BatchB = Through(axes.BatchB, permutation), ContractB = Through(axes.ContractB, permutation) };
        return node.Graph.Add(new ContractOp(moved), node.Inputs.SetItem(input, transpose.Inputs[0]), Origin.None).Results[0];
    }

    private static EquatableArray<int> Through(EquatableArray<int> axes, EquatableArray<int> permutation) =>
        axes.Select(axis => permutation[axis]).ToEquatableArray();

    private static Tensor? Exchange(TransposeOp op, Node product)
    {
        var (a, b) = (product.Inputs[0], product.Inputs[1]);
        var axes = ((ContractOp)product.Operator).Axes;
        int batch = axes.BatchA.Count, freeA = axes.FreeA(a.Rank).Length, freeB = axes.FreeB(b.Rank).Length;
        var order = op.Permutation.Take(batch).ToArray();
        if (order.Any(axis => axis >= batch))
        {
            return null;
        }

        var batchA = order.Select(i => axes.BatchA[i]).ToEquatableArray();
        var batchB = order.Select(i => axes.BatchB[i]).ToEquatableArray();
        var rest = op.Permutation.Skip(batch).ToArray();
        if (rest.SequenceEqual(Enumerable.Range(batch, freeA + freeB)))
        {
            return Tensor.Binary(new ContractOp(axes with { BatchA = batchA, BatchB = batchB }), a, b, Origin.None);
        }

        return rest.SequenceEqual([.. Enumerable.Range(batch + freeA, freeB), .. Enumerable.Range(batch, freeA)])
            ? Tensor.Binary(new ContractOp(new ContractionAxes(batchB, batchA, axes.ContractB, axes.ContractA)), b, a, Origin.None)
            : null;
    }
}
