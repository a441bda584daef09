using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

// Which pass over a line computes, keeps, stores what.
internal sealed partial class ReductionBuilder
{
    // A point node runs in the first pass in which all that it needs is there; a reduction is complete after its pass.
    private void FindPasses()
    {
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) is Level.Point or Level.Row || IsColumnReduction(n)))
        {
            var pass = 0;
            foreach (var source in SourcesOf(node))
            {
                pass = Math.Max(pass, _pass[source] + (IsRowReduction(source) ? 1 : 0));
            }

            _pass[node] = pass;
            if (Group.LevelOf(node) == Level.Point ? IsStored(node.Results[0]) : Legal.Forms[node] == NodeForm.Reduction)
            {
                _lastPass = Math.Max(_lastPass, pass);
            }
        }
    }

    private bool IsRowReduction(Node node) => Group.LevelOf(node) == Level.Row && Legal.Forms[node] == NodeForm.Reduction;

    private bool IsColumnReduction(Node node) => Group.LevelOf(node) == Level.Column && Legal.Forms[node] == NodeForm.Reduction;

    private void FindStash()
    {
        var seen = new Dictionary<Node, int>();
        for (var pass = 0; pass <= _lastPass; pass++)
        {
            foreach (var node in NeededIn(pass))
            {
                if (seen.TryAdd(node, pass) || NodeForms.IsCheap(node) || IsReloaded(node, pass) || _stash.ContainsKey(node))
                {
                    continue;
                }

                var shape = Shape.Create([.. Group.Reduced.Select(a => Group.Space[a])]);
                var bytes = (checked(shape.ElementCount.Max * node.Results[0].DType.Size()) + 63) / 64 * 64;
                if (_scratchBytes + bytes <= MaxScratchBytes)
                {
                    var buffer = new KernelBuffer(LocalName(node.Results[0]) + "Row", node.Results[0].DType, shape);
                    _stash.Add(node, (buffer, seen[node]));
                    _scratch.Add((buffer, _scratchBytes));
                    _scratchBytes += bytes;
                }
            }
        }
    }

    // In-place stores wait for the last pass: earlier ones still read the old value.
    private int StorePass(Node node) => Schedule.InPlace.Contains(node.Results[0]) ? _lastPass : _pass[node];

    private bool IsReloaded(Node node, int pass) =>
        (IsStored(node.Results[0]) && StorePass(node) < pass) || (_stash.TryGetValue(node, out var stash) && stash.Pass < pass);

    // Sums over the rows take their share in the last pass, which needs most values anyway.
    private bool IsRoot(Node node, int pass) => Group.LevelOf(node) switch
    {
        Level.Point => IsStored(node.Results[0]) && StorePass(node) == pass,
        Level.Row => IsRowReduction(node) && _pass[node] == pass,
        _ => IsColumnReduction(node) && pass == _lastPass,
    };

    private List<Node> NeededIn(int pass)
    {
        var needed = new HashSet<Node>();
        for (var i = Group.Nodes.Count - 1; i >= 0; i--)
        {
            var node = Group.Nodes[i];
            if (!(needed.Contains(node) || IsRoot(node, pass)))
            {
                continue;
            }

            if (Group.LevelOf(node) == Level.Point)
            {
                needed.Add(node);
                if (IsReloaded(node, pass))
                {
                    continue;
                }
            }

            foreach (var source in SourcesOf(node).Where(s => Group.LevelOf(s) == Level.Point))
            {
                needed.Add(source);
            }
        }

        return [.. Group.Nodes.Where(needed.Contains)]; // points
    }

    private void Pass(int pass, List<KernelStatement> into)
    {
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Point))
        {
            Values.Remove(node);
        }

        var (body, stores) = (new List<KernelStatement>(), new List<KernelStatement>());
        foreach (var node in NeededIn(pass))
        {
            var index = IndexOf(node, Level.Point);
            if (IsReloaded(node, pass))
            {
                var source = _stash.TryGetValue(node, out var kept) ? StashAt(kept.Row) : StoreBufferOf(node.Results[0]).Dense.At(index);
                Define(node, new LoadExpr(source), body, alwaysLocal: false);
            }
            else
            {
                Define(node, Compute(node, index), body, alwaysLocal: false);
            }

            if (_stash.TryGetValue(node, out var stash) && stash.Pass == pass)
            {
                stores.Add(new StoreStatement(StashAt(stash.Row), Values[node]));
            }

            if (IsStored(node.Results[0]) && StorePass(node) == pass)
            {
                stores.Add(Store(node.Results[0], index, Values[node]));
            }
        }

        if (pass == _lastPass)
        {
            stores.InsertRange(0, ColumnSums()); // before a store in place overwrites what they take
        }

        var reductions = Group.Nodes.Where(n => IsRowReduction(n) && _pass[n] == pass).Select(n => (n, Read(n.Inputs[0], _space.Index))).ToList();
        if (reductions.Count > 0)
        {
            Reduce(reductions, body, stores, _space.Reduced, _lanesAlongLine, into);
        }
        else if (stores.Count > 0)
        {
            into.AddRange(Loops.Serial(_space.Reduced, [.. body, .. stores], _lanesAlongLine ? LoopKind.Vector : LoopKind.Serial));
        }
    }

    // Loops over a line that feed accumulators, and leave the totals as values.
    private void Reduce(
        List<(Node Node, KernelExpr Value)> reductions, List<KernelStatement> body, List<KernelStatement> stores, ImmutableArray<Axis> line, bool inLanes, List<KernelStatement> into)
    {
        int? lanes = inLanes ? ReductionLanes.Of(line[^1], [.. body, .. stores], [.. reductions.Select(static r => r.Value)]) : null;
        var accumulators = new List<Accumulator>();
        foreach (var (node, value) in reductions)
        {
            var combine = Legal.Forms.Lowering<ReduceLowering>(node).Combine;
            var (type, name) = (node.Results[0].DType, LocalName(node.Results[0]));
            var accumulator = new Accumulator(new Local(name + "Acc", type), new Local(name, type), combine, lanes ?? 1) { Node = node };
            body.Add(new AccumulateStatement(accumulator, value, Formula.Of(node)) { Node = node });
            Values[node] = new LocalExpr(accumulator.Total);
            accumulators.Add(accumulator);
        }

        var loops = Loops.Serial(line, [.. body, .. stores], inLanes ? LoopKind.Vector : LoopKind.Serial, lanes);
        into.Add(new ReduceStatement([.. accumulators], loops));
    }
}
