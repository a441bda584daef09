using System.Collections.Immutable;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;

namespace GraphCompiler.Schedule;

/// <summary>Sorts the nodes of a graph into forms.</summary>
internal sealed class NodeForms
{
    /// <summary>Operations that a reader may repeat rather than share through memory.</summary>
    private const int CheapOperations = 6;

    private readonly NodeMap<NodeForm> _forms;
    private readonly NodeMap<int> _inlineCost = new();
    private readonly NodeMap<Lowering> _lowerings = new();
    private readonly Places _places;

    /// <param name="nodes">In declaration order.</param>
    /// <param name="stored">Tensors that must be memory: outputs, update values, operands of contractions and of loops of operators' own.</param>
    /// <param name="places">Views among them are already declared stored.</param>
    public NodeForms(IReadOnlyList<Node> nodes, IReadOnlySet<Tensor> stored, Places places)
    {
        (_places, _forms) = (places, new(nodes.Count));
        foreach (var node in nodes)
        {
            _forms.Add(node, Classify(node, stored));
        }
    }

    public NodeForm this[Node node] => _forms[node];

    public NodeForm this[Tensor tensor] => _forms[tensor.Node];

    /// <summary>A splat constant that the graph being compiled still uses.</summary>
    public bool IsConstant(Node node) => node.Operator is ConstantOp { IsSplat: true } && _forms.ContainsKey(node);

    public void Add(Node node, NodeForm form) => _forms.Add(node, form);

    /// <summary>The reduction or contraction that a node lowers to.</summary>
    public T Lowering<T>(Node node) where T : Lowering => (T)_lowerings[node];

    private NodeForm Classify(Node node, IReadOnlySet<Tensor> stored)
    {
        var isStored = node.Results.Any(stored.Contains);
        switch (node.Operator)
        {
            case InputOp or VariableOp or ConstantOp { IsSplat: false }:
                return NodeForm.Leaf;
            case Source:
                _inlineCost[node] = 0;
                return isStored ? NodeForm.Pointwise : NodeForm.Inline;
        }

        if (_places.IsView(node.Results[0]))
        {
            return NodeForm.View;
        }

        if (node.Operator.IsView)
        {
            return NodeForm.Pointwise; // a copy
        }

        if (node.Operator.IsElementwise && (isStored || !CanBeInline(node)))
        {
            return NodeForm.Pointwise; // whatever it computes
        }

        var lowering = node.Operator.Lower(new ProbeScope(node));
        if (lowering is not PointLowering)
        {
            _lowerings.Add(node, lowering);
        }

        return lowering switch
        {
            ReduceLowering => NodeForm.Reduction,
            ContractLowering => NodeForm.Contraction,
            RegionsLowering => NodeForm.Regions,
            NestLowering => NodeForm.Nest,
            PointLowering point when !isStored && IsCheap(node, point.Value) => NodeForm.Inline,
            _ => NodeForm.Pointwise,
        };
    }

    // Repeating costs no memory traffic beyond the leaves themselves, which caches absorb; so little work that storing
    // and loading the result would cost more.
    private bool IsCheap(Node node, KernelExpr value)
    {
        if (!CanBeInline(node))
        {
            return false;
        }

        var cost = ExprCost(value, node.Results[0].Rank == 0);
        foreach (var input in node.Inputs)
        {
            cost += _inlineCost.GetValueOrDefault(_places.BaseOf(input).Node);
        }

        // A scalar graph on leaves is what teachers read: it stays together, named, in one place.
        if (cost > CheapOperations || (node.Results[0].Rank == 0 && ReadsLeaf(node)))
        {
            return false;
        }

        _inlineCost[node] = cost;
        return true;
    }

    private bool CanBeInline(Node node)
    {
        foreach (var input in node.Inputs)
        {
            if (_forms[_places.BaseOf(input).Node] is not (NodeForm.Leaf or NodeForm.Inline))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Work that costs less than a trip through memory, whatever its operands are; the copy of a view is.</summary>
    public static bool IsCheap(Node node) =>
        node.Operator.Lower(new ProbeScope(node)) is not PointLowering point || ExprCost(point.Value, scalar: false) <= CheapOperations;

    /// <summary>A call of vector math that is inlined: exp, log, tanh, sigmoid, erf, normal distribution.</summary>
    public static bool IsTranscendental(Node node) => node.Operator is ExpOp or LogOp or TanhOp or SigmoidOp or ErfOp or NormalCdfOp;

    private bool ReadsLeaf(Node node) => node.Inputs.Any(i =>
    {
        var source = _places.BaseOf(i).Node;
        return _forms[source] == NodeForm.Leaf || (_forms[source] == NodeForm.Inline && source.Inputs.Length > 0 && ReadsLeaf(source));
    });

    private static int ExprCost(KernelExpr expr, bool scalar) => expr switch
    {
        UnaryExpr { Op: UnaryMachineOp.Exp or UnaryMachineOp.Log or UnaryMachineOp.Tanh or UnaryMachineOp.Sigmoid or UnaryMachineOp.Erf or UnaryMachineOp.NormalCdf or UnaryMachineOp.Sqrt } u =>
            (scalar ? 1 : 100) + ExprCost(u.X, scalar),
        UnaryExpr u => 1 + ExprCost(u.X, scalar),
        BinaryExpr { Op: BinaryMachineOp.Pow or BinaryMachineOp.Divide } b => (scalar ? 1 : 100) + ExprCost(b.A, scalar) + ExprCost(b.B, scalar),
        BinaryExpr b => 1 + ExprCost(b.A, scalar) + ExprCost(b.B, scalar),
        SelectExpr s => 1 + ExprCost(s.Condition, scalar) + ExprCost(s.WhenTrue, scalar) + ExprCost(s.WhenFalse, scalar),
        CastExpr c => 1 + ExprCost(c.X, scalar),
        LoadExpr { Access.Indirect: not null } => 100,
        _ => 0,
    };
}
