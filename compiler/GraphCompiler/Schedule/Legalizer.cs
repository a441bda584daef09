using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Schedule;

/// <summary>
/// Decides which tensors are memory before any grouping: results that leave the graph, operands that are read by strides
/// or by data-dependent index. Results that are memory already get a copy of their own.
/// </summary>
internal sealed class Legalizer
{
    private readonly Graph _graph;
    private readonly HashSet<Tensor> _claimed = [];
    private int _copies;

    /// <param name="graph">Optimised; copies are added to it.</param>
    /// <param name="keepsValues">Whether every floating value is to be memory: for whoever looks at it after the run.</param>
    public Legalizer(Graph graph, bool keepsValues = false)
    {
        _graph = graph;
        Outputs = [.. graph.Outputs.Select(o => (o.Name, Claim(o.Tensor)))];
        Updates = [.. graph.Updates.Select(u => (u.Variable, Claim(u.Value)))];
        Nodes = Traversal.Ancestors([.. Outputs.Select(static o => o.Item2), .. Updates.Select(static u => u.Item2)]);
        foreach (var (_, tensor) in Outputs)
        {
            Stored.Add(Places.SameMemory(tensor));
        }

        foreach (var (_, tensor) in Updates)
        {
            Stored.Add(Places.SameMemory(tensor));
        }

        foreach (var node in Nodes)
        {
            Require(node);
            if (keepsValues && node.Operator is not Source)
            {
                Stored.UnionWith(node.Results.Where(r => r.DType.IsFloating() && !Places.IsView(r)));
            }
        }

        Forms = new NodeForms(Nodes, Stored, Places);
        MemoryInputs = new(Nodes.Count);
    }

    public Places Places { get; } = new();

    public HashSet<Tensor> Stored { get; } = [];

    public List<Node> Nodes { get; }

    public NodeForms Forms { get; }

    /// <summary>See <see cref="MemoryReads.Of"/>: what is known of it.</summary>
    public NodeMap<ImmutableArray<Tensor>> MemoryInputs { get; }

    public ImmutableArray<(string Name, Tensor Tensor)> Outputs { get; }

    public ImmutableArray<(Tensor Variable, Tensor Value)> Updates { get; }

    /// <summary>Takes in a copy that was added after the forms were found.</summary>
    public void Include(Node copy)
    {
        Nodes.Add(copy);
        Stored.Add(copy.Results[0]);
        Forms.Add(copy, NodeForm.Pointwise);
    }

    // A result needs memory that nobody else's result is, in row-major order.
    private Tensor Claim(Tensor tensor)
    {
        var memory = Places.SameMemory(tensor);
        var isLeaf = memory.Node.Operator is InputOp or VariableOp or ConstantOp { IsSplat: false };
        return isLeaf || Places.IsView(memory) || !_claimed.Add(memory)
            ? _graph.Add(new CopyOp(_copies++), [tensor], Origin.None).Results[0]
            : tensor;
    }

    // What an operator's lowering reads other than element by element has to be memory.
    private void Require(Node node)
    {
        if (node.Operator is Source || node.Operator.IsElementwise)
        {
            return;
        }

        var probe = new ProbeScope(node);
        switch (node.Operator.Lower(probe))
        {
            case ReshapeLowering when !Places.SameButOnes(node.Inputs[0].Shape, node.Results[0].Shape):
            case NestLowering:
                foreach (var input in node.Inputs)
                {
                    RequireDense(input);
                }

                break;
            case RegionsLowering or ContractLowering:
                foreach (var input in node.Inputs)
                {
                    Stored.Add(Places.BaseOf(input));
                }

                break;
            case PointLowering:
                foreach (var input in probe.Indirect)
                {
                    RequireDense(node.Inputs[input]);
                }

                break;
        }
    }

    private void RequireDense(Tensor tensor)
    {
        var memory = Places.SameMemory(tensor);
        if (Places.IsView(memory))
        {
            Places.Store(memory);
        }

        Stored.Add(memory);
    }
}
