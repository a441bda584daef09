using System.Collections.Immutable;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Autodiff;

/// <summary>
/// Forward mode from reverse mode applied twice: <c>z(u) = Jᵀu</c> is linear in u, so the vector-Jacobian product of z with
/// respect to u is <c>J·t</c>. Every operator that has a gradient has a tangent, without a second rule. What depends
/// on u is dead in the end; the rest costs what a hand-written tangent does.
/// Method: J. Townsend, "A new trick for calculating Jacobian vector products", 2017.
/// </summary>
internal static class ForwardBuilder
{
    /// <summary>The tangents of <paramref name="ys"/> when each of <paramref name="wrt"/> moves along its tangent.</summary>
    public static ImmutableArray<Tensor> Build(
        Graph graph, ReadOnlySpan<Tensor> ys, ReadOnlySpan<Tensor> wrt, ReadOnlySpan<Tensor> tangents, Origin origin)
    {
        var upstreams = new Tensor[ys.Length];
        var seeds = new (Tensor Y, Tensor Upstream)[ys.Length];
        for (var i = 0; i < ys.Length; i++)
        {
            upstreams[i] = graph.Add(new UpstreamOp(graph.Nodes.Count, ys[i].Type), [], Origin.None).Results[0];
            seeds[i] = (ys[i], upstreams[i]);
        }

        var products = BackwardBuilder.Build(graph, seeds, wrt, origin, named: false);
        var back = new (Tensor Y, Tensor Upstream)[wrt.Length];
        for (var i = 0; i < wrt.Length; i++)
        {
            back[i] = (products[i], tangents[i]);
        }

        var results = BackwardBuilder.Build(graph, back, upstreams, origin, named: false);
        Verify(results);
        for (var i = 0; i < ys.Length; i++)
        {
            NameTangent(ys[i], results[i]);
        }

        return results;
    }

    /// <summary>GRC0302 and GRC0117 for the sources, GRC0305 unless each has one tangent of its type.</summary>
    public static void Check(Graph graph, string method, ReadOnlySpan<Tensor> wrt, ReadOnlySpan<Tensor> tangents, Origin origin)
    {
        BackwardBuilder.CheckSources(graph, wrt, origin);
        if (wrt.Length != tangents.Length)
        {
            throw new GraphException(
                "GRC0305", $"{method} requires one vector for each tensor: {wrt.Length} tensors, {tangents.Length} vectors", origin.File, origin.Line);
        }

        for (var i = 0; i < wrt.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(tangents[i], nameof(tangents));
            graph.Own(tangents[i], origin);
            if (tangents[i].Type != wrt[i].Type)
            {
                throw new GraphException(
                    "GRC0305", $"{method} requires vectors of the same types: {wrt[i].Describe()} is {wrt[i].Type}, {tangents[i].Describe()} is {tangents[i].Type}", origin.File, origin.Line);
            }
        }
    }

    private static void Verify(ImmutableArray<Tensor> results)
    {
        foreach (var node in Traversal.Ancestors(results))
        {
            if (node.Operator is UpstreamOp)
            {
                throw new InternalCompilerException(
                    "Autodiff", $"a tangent depends on the upstream gradient {node}: some operator's gradient is not linear in its upstream");
            }
        }
    }

    private static void NameTangent(Tensor of, Tensor tangent)
    {
        if (of.Names.Count > 0)
        {
            var slash = of.Name.LastIndexOf('/') + 1;
            tangent.AddName($"{of.Name[..slash]}t_{of.Name[slash..]}");
        }
    }
}
