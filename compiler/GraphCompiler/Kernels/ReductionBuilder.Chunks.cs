using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

// Lines in chunks, and what is done when all lines are.
internal sealed partial class ReductionBuilder
{
    /// <summary>
    /// One line, too long for one worker: each pass is a loop over chunks that leaves a partial result for each, and every
    /// worker combines them for itself, so that the next pass can start without another barrier.
    /// </summary>
    private List<KernelStatement> ChunksOfOneLine(LoopSpace space, long size)
    {
        (_space, var chunks) = space.Chunked(space.Reduced[0], size);
        var (statements, late) = (new List<KernelStatement>(), new List<KernelStatement>());
        DefineRows(0, statements, late);
        for (var pass = 0; pass <= _lastPass; pass++)
        {
            var body = new List<KernelStatement>();
            Pass(pass, body);
            if (body.Count > 0)
            {
                Combine(ReductionsOf(pass), body, chunks, [], statements);
            }

            DefineRows(pass + 1, statements, late);
        }

        return late.Count == 0 ? statements : [.. statements, new BarrierStatement(), .. late]; // others may still read the old value
    }

    /// <summary>Few lines, and long: loops over chunks and lines leave partial results, and a second nest combines them.</summary>
    private List<KernelStatement> ChunksOfLines(LoopSpace space, long size, bool inColumns)
    {
        (_space, var chunks) = space.Chunked(space.Reduced[0], size);
        var (body, nest, statements, late) = (new List<KernelStatement>(), new List<KernelStatement>(), new List<KernelStatement>(), new List<KernelStatement>());
        DefineRows(0, body, late: null);
        Pass(0, body);
        var reductions = ReductionsOf(0);
        var partials = reductions.ConvertAll(r => Partial(r, chunks, space.Kept));
        body.AddRange(reductions.Zip(partials, (node, partial) => new StoreStatement(partial, Values[node])));
        ForgetRows();
        DefineRows(0, nest, late);
        Reduce([.. reductions.Zip(partials, static (node, partial) => (node, (KernelExpr)new LoadExpr(partial)))], [], [], [chunks], inLanes: false, nest);
        DefineRows(1, nest, late);
        nest.AddRange(late);
        var block = inColumns ? ReductionLanes.Block(space.Kept[^1], body) : (int?)null;
        var combineInLanes = Loops.CanVectorize(nest, space.Kept);
        return
        [
            new ForStatement(chunks, LoopKind.Parallel, Loops.Serial(space.Kept, [.. body], inColumns ? LoopKind.Vector : LoopKind.Serial, lanes: null, block)),
            new BarrierStatement(),
            .. Loops.Nest(space.Kept, [.. nest], combineInLanes, Schedule.Split, chunks.Extent.Max, combineInLanes ? ReductionLanes.Block(space.Kept[^1], nest) : null),
        ];
    }

    /// <summary>
    /// Rows one by one that also feed sums over the rows: a chunk of rows has a row of sums of its own, which stays in the cache
    /// while its rows pass, and the rows of sums are added up in their order when all chunks are done.
    /// </summary>
    private ImmutableArray<KernelStatement> ChunksOfRows(LoopSpace space)
    {
        var (chunked, chunks) = space.Chunked(space.Kept[0], ReductionChunks.RowsOf(space, Schedule.Split));
        _chunks = chunks;
        var rows = Rows(chunked, stash: true);
        var clear = _columnSums.Select(s => (KernelStatement)new StoreStatement(s.Sum, IdentityOf(s.Node)));
        var sums = Columns();
        var inLanes = Loops.CanVectorize(sums, chunked.Reduced);
        return
        [
            new ForStatement(chunks, LoopKind.Parallel, [.. Loops.Serial(chunked.Reduced, [.. clear], _lanesAlongLine ? LoopKind.Vector : LoopKind.Serial), .. Loops.Serial(chunked.Kept, [.. rows])]),
            new BarrierStatement(),
            .. Loops.Nest(chunked.Reduced, [.. sums], inLanes, Schedule.Split, chunks.Extent.Max, inLanes ? ReductionLanes.Block(chunked.Reduced[^1], sums) : null),
        ];
    }

    // Adds the values of this point to the sums of the chunk.
    private IEnumerable<StoreStatement> ColumnSums()
    {
        foreach (var node in Group.Nodes.Where(IsColumnReduction))
        {
            var sum = Partial(node, _chunks, _space.Reduced);
            _columnSums.Add((node, sum));
            var combine = Legal.Forms.Lowering<ReduceLowering>(node).Combine;
            yield return new StoreStatement(sum, Combining.Of(combine, new LoadExpr(sum), Read(node.Inputs[0], _space.Index)), Formula.Of(node)) { Node = node };
        }
    }

    // Totals over the chunks, and what follows from them.
    private List<KernelStatement> Columns()
    {
        ForgetRows();
        var (statements, stores) = (new List<KernelStatement>(), new List<KernelStatement>());
        Reduce([.. _columnSums.Select(static s => (s.Node, (KernelExpr)new LoadExpr(s.Sum)))], [], [], [_chunks], inLanes: false, statements);
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Column))
        {
            var index = IndexOf(node, Level.Column);
            if (!IsColumnReduction(node))
            {
                Define(node, Compute(node, index), statements, alwaysLocal: false);
            }

            if (IsStored(node.Results[0]))
            {
                stores.Add(Store(node.Results[0], index, Values[node]));
            }
        }

        return [.. statements, .. stores];
    }

    private ConstantExpr IdentityOf(Node node)
    {
        var type = node.Results[0].DType;
        return new ConstantExpr(type, Combining.Identity(Legal.Forms.Lowering<ReduceLowering>(node).Combine, type));
    }

    private List<Node> ReductionsOf(int pass) => [.. Group.Nodes.Where(n => IsRowReduction(n) && _pass[n] == pass)];

    private void ForgetRows()
    {
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) is Level.Row or Level.Point))
        {
            Values.Remove(node);
        }
    }

    // Where a chunk leaves what it found for a reduction.
    private Access Partial(Node node, Axis chunks, ImmutableArray<Axis> kept)
    {
        var shape = Shape.Create([chunks.Extent, .. kept.Select(static a => a.Extent)]);
        _partials.Add(new KernelBuffer(LocalName(node.Results[0]) + "Parts", node.Results[0].DType, shape));
        return _partials[^1].Dense.At([chunks, .. kept.Select(static a => (AffineIndex)a)]);
    }

    // A split loop over chunks, each of which leaves its partial results, and then everybody combines them in order.
    private void Combine(List<Node> reductions, List<KernelStatement> body, Axis chunks, ImmutableArray<Axis> kept, List<KernelStatement> into)
    {
        var partials = reductions.ConvertAll(r => Partial(r, chunks, kept));
        body.AddRange(reductions.Zip(partials, (node, partial) => new StoreStatement(partial, Values[node])));
        into.Add(new ForStatement(chunks, LoopKind.Parallel, [.. body]));
        if (reductions.Count > 0)
        {
            List<(Node, KernelExpr)> loads = [.. reductions.Zip(partials, static (node, partial) => (node, (KernelExpr)new LoadExpr(partial)))];
            into.Add(new BarrierStatement());
            Reduce(loads, [], [], [chunks], Loops.CanVectorize([.. loads.Select(static l => new LetStatement(new Local("probe", l.Item2.Type), l.Item2))], [chunks]), into);
        }
    }

    /// <summary>What is left when all rows are done: reductions of row values, in one fixed order.</summary>
    private List<KernelStatement> Final()
    {
        var (statements, late) = (new List<KernelStatement>(), new List<KernelStatement>());
        ForgetRows(); // they were locals of a row; from here on they are memory
        foreach (var node in Group.Nodes.Where(n => Group.LevelOf(n) == Level.Final))
        {
            if (Legal.Forms[node] == NodeForm.Reduction)
            {
                ReduceRows(node, statements);
            }
            else
            {
                Define(node, Compute(node, IndexOf(node, Level.Final)), statements, alwaysLocal: true);
            }

            if (IsStored(node.Results[0]))
            {
                late.Add(Store(node.Results[0], IndexOf(node, Level.Final), Values[node]));
            }
        }

        return [.. statements, .. late];
    }

    private void ReduceRows(Node node, List<KernelStatement> into)
    {
        var shape = node.Inputs[0].Shape;
        var all = Enumerable.Range(0, shape.Rank).ToArray();
        var plain = LoopSpace.Plain(shape, all);
        var space = plain.Merge(new AccessCollector([new LetStatement(new Local("probe", node.Results[0].DType), Read(node.Inputs[0], plain.Index))]));
        var value = Read(node.Inputs[0], space.Index);
        var probe = new LetStatement(new Local("probe", value.Type), value);
        if (ReductionChunks.SizeOf(space, Schedule.Split) is not { } size)
        {
            Reduce([(node, value)], [], [], space.Reduced, Loops.CanVectorize([probe], space.Reduced), into);
            return;
        }

        var (chunked, chunks) = space.Chunked(space.Reduced[0], size);
        value = Read(node.Inputs[0], chunked.Index);
        var body = new List<KernelStatement>();
        Reduce([(node, value)], [], [], chunked.Reduced, Loops.CanVectorize([probe], space.Reduced), body);
        Combine([node], body, chunks, [], into);
    }
}
