using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Cases;

/// <summary>One result of a step of <see cref="GraphSteps"/>.</summary>
internal readonly record struct Place(int Step, int Result);

/// <summary>One node: an operator, applied to results of earlier steps.</summary>
internal sealed record Step(Operator Operator, ImmutableArray<Place> Inputs)
{
    public bool IsLeaf => Operator is InputOp or VariableOp;
}

/// <summary>
/// A graph as data: steps that build it anew, in a graph of their own. This is what is cut down, printed and built again;
/// nothing of how it was drawn is left.
/// </summary>
internal sealed record GraphSteps(
    string Name,
    ImmutableArray<Step> Steps,
    ImmutableArray<(string Name, Place Value)> Outputs,
    ImmutableArray<(Place Variable, Place Value)> Updates)
{
    /// <summary>What outputs and updates need of a graph.</summary>
    public static GraphSteps Of(string name, IReadOnlyList<(string Name, Tensor Tensor)> outputs, IReadOnlyList<(Tensor Variable, Tensor Value)> updates)
    {
        var roots = outputs.Select(static o => o.Tensor).Concat(updates.SelectMany(static u => new[] { u.Variable, u.Value }));
        var nodes = Traversal.Ancestors([.. roots]);
        var at = nodes.Select(static (node, i) => (node, i)).ToDictionary(static p => p.node, static p => p.i);
        Place PlaceOf(Tensor t) => new(at[t.Node], t.Index);
        return new(
            name,
            [.. nodes.Select(n => new Step(n.Operator, [.. n.Inputs.Select(PlaceOf)]))],
            [.. outputs.Select(o => (o.Name, PlaceOf(o.Tensor)))],
            [.. updates.Select(u => (PlaceOf(u.Variable), PlaceOf(u.Value)))]);
    }

    /// <summary>Without the steps that nothing needs any more.</summary>
    public GraphSteps Pruned()
    {
        var needed = new bool[Steps.Length];
        foreach (var place in Outputs.Select(static o => o.Value).Concat(Updates.SelectMany(static u => new[] { u.Variable, u.Value })))
        {
            needed[place.Step] = true;
        }

        for (var i = Steps.Length - 1; i >= 0; i--)
        {
            foreach (var input in needed[i] ? Steps[i].Inputs : [])
            {
                needed[input.Step] = true;
            }
        }

        var moved = new int[Steps.Length];
        for (var i = 1; i < moved.Length; i++)
        {
            moved[i] = moved[i - 1] + (needed[i - 1] ? 1 : 0);
        }

        Place Move(Place p) => p with { Step = moved[p.Step] };
        return this with
        {
            Steps = [.. Steps.Where((_, i) => needed[i]).Select(s => s with { Inputs = [.. s.Inputs.Select(Move)] })],
            Outputs = [.. Outputs.Select(o => (o.Name, Move(o.Value)))],
            Updates = [.. Updates.Select(u => (Move(u.Variable), Move(u.Value)))],
        };
    }

    /// <summary>The graph, declared as a user would, but that nodes are added as they are.</summary>
    /// <exception cref="GraphException">The steps are no valid graph.</exception>
    public BuiltGraph Build(bool everyNode)
    {
        var graph = new Graph(Name);
        var results = new ImmutableArray<Tensor>[Steps.Length];
        for (var i = 0; i < Steps.Length; i++)
        {
            results[i] = Steps[i].Operator switch
            {
                InputOp input => [graph.Input(input.LeafName, input.Type.DType, input.Type.Shape)],
                VariableOp { IsState: true } v => [graph.State(v.LeafName, v.Type.DType, v.Type.Shape, v.Init)],
                VariableOp v => [graph.Parameter(v.LeafName, v.Type.DType, v.Type.Shape, v.Init)],
                var op => graph.Add(op, [.. Steps[i].Inputs.Select(p => results[p.Step][p.Result])], Origin.None).Results,
            };
        }

        foreach (var (name, value) in Outputs)
        {
            graph.Output(name, results[value.Step][value.Result]);
        }

        var returned = graph.Outputs.Select(static o => o.Tensor).ToHashSet();
        foreach (var (step, i) in Steps.Select(static (s, i) => (s, i)).Where(p => everyNode && !p.s.IsLeaf))
        {
            foreach (var tensor in results[i].Where(returned.Add))
            {
                graph.Output($"{step.Operator.Name} {i} {tensor.Index}", tensor);
            }
        }

        foreach (var (variable, value) in Updates)
        {
            graph.Update(results[variable.Step][0], results[value.Step][value.Result]);
        }

        return new(graph, [.. results]);
    }
}

/// <summary>A graph, and where the results of its steps are.</summary>
internal sealed record BuiltGraph(Graph Graph, ImmutableArray<ImmutableArray<Tensor>> Results);
