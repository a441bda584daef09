using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Autodiff;

/// <summary>
/// Reverse mode as a graph transformation: walks the nodes between <c>wrt</c> and <c>y</c> backwards in declaration order
/// (so each is visited once, after all its uses), asks each operator for its rule, undoes broadcasting and adds up.
/// </summary>
internal static class BackwardBuilder
{
    public static ImmutableArray<Tensor> Build(Graph graph, Tensor y, Tensor? upstream, ReadOnlySpan<Tensor> wrt, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(y);
        Check(graph, y, upstream, wrt, origin);
        var outer = graph.Provenance;
        graph.Provenance = new Provenance(y.Node.Provenance.Scope, GradientStep.Seed, y.Node);
        try
        {
            return Build(graph, [(y, upstream ?? graph.Splat(1, y.DType, Shape.Scalar, origin))], wrt, origin, named: true);
        }
        finally
        {
            graph.Provenance = outer;
        }
    }

    /// <summary>Gradients of <c>Σ ⟨upstream, y⟩</c> over all seeds, which are checked already; unnamed where they are a means, not a result.</summary>
    public static ImmutableArray<Tensor> Build(
        Graph graph, ReadOnlySpan<(Tensor Y, Tensor Upstream)> seeds, ReadOnlySpan<Tensor> wrt, Origin origin, bool named)
    {
        var (outer, provenance) = (graph.OnBehalfOf, graph.Provenance);
        graph.OnBehalfOf = origin;
        try
        {
            return Walk(seeds, wrt, origin, named);
        }
        finally
        {
            (graph.OnBehalfOf, graph.Provenance) = (outer, provenance);
        }
    }

    private static ImmutableArray<Tensor> Walk(
        ReadOnlySpan<(Tensor Y, Tensor Upstream)> seeds, ReadOnlySpan<Tensor> wrt, Origin origin, bool named)
    {
        var path = new Path(seeds, wrt);
        var gradients = new Dictionary<Tensor, Tensor>();
        foreach (var (y, upstream) in seeds)
        {
            Accumulate(gradients, y, upstream, origin);
        }

        foreach (var (y, _) in seeds)
        {
            if (named && path.IsSeedOnly(y))
            {
                NameGradient(y, gradients[y]);
            }
        }

        foreach (var node in path.Backwards)
        {
            Visit(node, path, gradients, origin);
            if (named)
            {
                NameGradients(node, path, gradients);
            }
        }

        var results = ImmutableArray.CreateBuilder<Tensor>(wrt.Length);
        foreach (var tensor in wrt)
        {
            Begin(GradientStep.Rule, tensor.Node);
            results.Add(gradients.GetValueOrDefault(tensor) ?? GradientScope.ZerosLike(tensor));
        }

        return results.MoveToImmutable();
    }

    private static void Visit(Node node, Path path, Dictionary<Tensor, Tensor> gradients, Origin origin)
    {
        var upstreams = node.Results.Select(gradients.GetValueOrDefault).ToImmutableArray();
        if (upstreams.All(static u => u is null))
        {
            return; // on a path by structure, but every rule after it said that nothing flows (a condition, an index)
        }

        Begin(GradientStep.Rule, node);
        var needed = new bool[node.Inputs.Length];
        for (var i = 0; i < needed.Length; i++)
        {
            needed[i] = path.Contains(node.Inputs[i]);
        }

        var contributions = node.Operator.Gradient(new GradientScope(node, upstreams, ImmutableCollectionsMarshal.AsImmutableArray(needed)));
        if (contributions.Reason is { } reason)
        {
            var at = node.Origins.Count > 0 ? $" (declared at {node.Origins[0]})" : "";
            throw new GraphException(
                "GRC0303", $"Gradients requires differentiable operators on the way: {node.Operator.Name}, which makes {node.Results[0].Describe()}, has no gradient: {reason}{at}", origin.File, origin.Line);
        }

        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (needed[i] && contributions[i] is { } contribution)
            {
                Accumulate(gradients, node.Inputs[i], contribution, origin, node);
            }
        }
    }

    // What is made from here on says so.
    private static void Begin(GradientStep step, Node of) => of.Graph.Provenance = new Provenance(of.Provenance.Scope, step, of);

    private static void NameGradients(Node node, Path path, Dictionary<Tensor, Tensor> gradients)
    {
        foreach (var input in node.Inputs)
        {
            // Named when the sum is complete, so that partial sums do not carry the name.
            if (gradients.TryGetValue(input, out var gradient) && path.IsComplete(input, node))
            {
                NameGradient(input, gradient);
            }
        }
    }

    private static void Accumulate(Dictionary<Tensor, Tensor> gradients, Tensor input, Tensor contribution, Origin origin, Node? of = null)
    {
        if (of is not null && contribution.Shape != input.Shape)
        {
            Begin(GradientStep.Unbroadcast, of);
        }

        var gradient = Unbroadcast(contribution, input.Shape, origin);
        if (!gradients.TryGetValue(input, out var sum))
        {
            gradients[input] = gradient;
            return;
        }

        if (of is not null)
        {
            Begin(GradientStep.Accumulate, of);
        }

        gradients[input] = Tensor.Binary(new AddOp(), sum, gradient, origin);
    }

    /// <summary>Sums over the axes along which <paramref name="shape"/> was stretched, and stretches what a rule left small.</summary>
    internal static Tensor Unbroadcast(Tensor gradient, Shape shape, Origin origin)
    {
        var extra = gradient.Rank - shape.Rank;
        var axes = new List<int>();
        for (var axis = 0; axis < gradient.Rank; axis++)
        {
            var stretched = axis < extra || (shape[axis - extra] == 1 && gradient.Shape[axis] != 1);
            if (stretched)
            {
                axes.Add(axis);
            }
        }

        if (axes.Count > 0)
        {
            gradient = RowSums.Of(gradient, axes, origin) ?? Tensor.Apply(new SumOp(axes.ToEquatableArray()), gradient, origin);
        }

        if (gradient.Rank != shape.Rank && gradient.Shape.ElementCount == shape.ElementCount)
        {
            gradient = Tensor.Apply(new ReshapeOp(shape), gradient, origin);
        }

        return gradient.Shape == shape ? gradient : Op.Broadcast(gradient, shape, origin);
    }

    private static void NameGradient(Tensor of, Tensor gradient)
    {
        if (of.Names.Count == 0)
        {
            return;
        }

        var slash = of.Name.LastIndexOf('/') + 1;
        gradient.AddName($"{of.Name[..slash]}d_{of.Name[slash..]}");
    }

    private static void Check(Graph graph, Tensor y, Tensor? upstream, ReadOnlySpan<Tensor> wrt, Origin origin)
    {
        graph.Own(y, origin);
        if (!y.DType.IsFloating())
        {
            throw new GraphException("GRC0302", $"Gradients requires floating tensors: {y.Describe()} is {y.Type}", origin.File, origin.Line);
        }

        if (upstream is null && y.Rank != 0)
        {
            throw new GraphException(
                "GRC0301", $"Gradients requires a scalar: {y.Describe()} is {y.Type}; reduce it, or give an upstream gradient to VectorJacobianProduct", origin.File, origin.Line);
        }

        if (upstream is not null && upstream.Type != y.Type)
        {
            throw new GraphException(
                "GRC0304", $"VectorJacobianProduct requires an upstream gradient of the same type: {y.Describe()} is {y.Type}, {upstream.Describe()} is {upstream.Type}", origin.File, origin.Line);
        }

        if (upstream is not null)
        {
            graph.Own(upstream, origin);
        }

        CheckSources(graph, wrt, origin);
    }

    /// <summary>GRC0302 unless all are floating, GRC0117 unless they are of the graph: elsewhere a gradient would be a silent zero.</summary>
    internal static void CheckSources(Graph graph, ReadOnlySpan<Tensor> wrt, Origin origin)
    {
        foreach (var tensor in wrt)
        {
            ArgumentNullException.ThrowIfNull(tensor, nameof(wrt));
            graph.Own(tensor, origin);
            if (!tensor.DType.IsFloating())
            {
                throw new GraphException(
                    "GRC0302", $"Gradients requires floating tensors: {tensor.Describe()} is {tensor.Type}; integers have no gradient", origin.File, origin.Line);
            }
        }
    }

    /// <summary>The nodes that the seeds depend on and that depend on <c>wrt</c>.</summary>
    private sealed class Path
    {
        private readonly HashSet<Tensor> _tensors = [];
        private readonly Dictionary<Tensor, Node> _firstUse = [];

        public Path(ReadOnlySpan<(Tensor Y, Tensor Upstream)> seeds, ReadOnlySpan<Tensor> wrt)
        {
            var roots = new List<Tensor>();
            foreach (var (y, _) in seeds)
            {
                roots.Add(y);
            }

            var ancestors = Traversal.Ancestors(roots);
            foreach (var tensor in wrt)
            {
                _tensors.Add(tensor);
            }

            var nodes = new List<Node>();
            foreach (var node in ancestors)
            {
                var on = false;
                foreach (var input in node.Inputs)
                {
                    on |= _tensors.Contains(input);
                }

                if (!on)
                {
                    continue;
                }

                nodes.Add(node);
                foreach (var result in node.Results)
                {
                    _tensors.Add(result);
                }

                foreach (var input in node.Inputs)
                {
                    _firstUse.TryAdd(input, node);
                }
            }

            nodes.Reverse();
            Backwards = nodes;
        }

        /// <summary>Latest declared first.</summary>
        public IReadOnlyList<Node> Backwards { get; }

        public bool Contains(Tensor tensor) => _tensors.Contains(tensor);

        /// <summary>True when nothing on the way uses the tensor: what it was seeded with is its whole gradient.</summary>
        public bool IsSeedOnly(Tensor tensor) => !_firstUse.ContainsKey(tensor);

        /// <summary>True when <paramref name="use"/> is the last node of the backward walk that contributes to the gradient.</summary>
        public bool IsComplete(Tensor tensor, Node use) => _firstUse.TryGetValue(tensor, out var first) && ReferenceEquals(first, use);
    }
}
