using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;

namespace GraphCompiler.Schedule;

/// <summary>
/// The elements in memory that a node reads at an index, through views and through inline nodes: what is left is leaves
/// and computed nodes, each with the index at which it is read.
/// </summary>
internal sealed class MemoryReads : LoweringScope
{
    private readonly Legalizer _legal;
    private readonly List<Places.Place> _places;

    public MemoryReads(Legalizer legal, Node node, ImmutableArray<AffineIndex> index)
        : this(legal, node, index, [])
    {
        if (legal.Forms[node] is NodeForm.Reduction)
        {
            Read(0, index); // the index of a reduction is that of its input
        }
        else if (node.Operator.IsView)
        {
            Follow(legal.Places.LocateSource(node, index));
        }
        else if (node.Operator.IsElementwise)
        {
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                Input(input); // what it makes of them is nobody's question here
            }
        }
        else
        {
            node.Operator.Lower(this);
        }
    }

    private MemoryReads(Legalizer legal, Node node, ImmutableArray<AffineIndex> index, List<Places.Place> places)
        : base(node, index) => (_legal, _places) = (legal, places);

    public IReadOnlyList<Places.Place> Places => _places;

    /// <summary>The tensors in memory that a node reads, wherever it reads them.</summary>
    public static ImmutableArray<Tensor> Of(Legalizer legal, Node node)
    {
        if (!legal.MemoryInputs.TryGetValue(node, out var tensors))
        {
            legal.MemoryInputs.Add(node, tensors = Find(legal, node));
        }

        return tensors;
    }

    private static ImmutableArray<Tensor> Find(Legalizer legal, Node node)
    {
        var found = ImmutableArray.CreateBuilder<Tensor>(node.Inputs.Length);
        foreach (var input in node.Inputs)
        {
            var source = legal.Places.BaseOf(input);
            if (legal.Forms[source] != NodeForm.Inline)
            {
                found.Add(source);
            }
            else
            {
                found.AddRange(Of(legal, source.Node)); // as deep as an inline expression is: a few nodes
            }
        }

        // The rule is that all inputs are memory: they need not be kept twice.
        return found.SequenceEqual(node.Inputs) ? node.Inputs : found.DrainToImmutable();
    }

    public override KernelExpr Read(int input, ImmutableArray<AffineIndex> at)
    {
        Follow(_legal.Places.Locate(Node.Inputs[input], at));
        return new ConstantExpr(Node.Inputs[input].DType, 0);
    }

    public override KernelExpr ReadIndirect(int input, ImmutableArray<AffineIndex> at, int axis, KernelExpr coordinate)
    {
        // Any element of the line may be read: no index of a group's own loops stands for that.
        Follow(new Places.Place(_legal.Places.SameMemory(Node.Inputs[input]), [], IsFlat: true));
        return new ConstantExpr(Node.Inputs[input].DType, 0);
    }

    private void Follow(Places.Place place)
    {
        if (_legal.Forms[place.Base] != NodeForm.Inline)
        {
            _places.Add(place);
        }
        else if (place.Base.Node.Operator is not Source)
        {
            place.Base.Node.Operator.Lower(new MemoryReads(_legal, place.Base.Node, place.Index, _places));
        }
    }
}
