using System.Collections.Immutable;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// A contraction and its epilogue. Axes are sorted into batch, rows, columns and sums, neighbours merge, and what is left
/// over loops around. The decisions (blocks, packing) depend on shapes and strides alone.
/// </summary>
internal sealed class ContractionBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    private const int Batch = 0, Rows = 1, Columns = 2, Sum = 3;

    /// <summary>Longer sums are cut: a panel of this many elements stays in the second-level cache.</summary>
    private const long WholeSum = 1024;

    private const long BlockedSum = 512;

    /// <summary>Elements of A in a block of rows: half of a second-level cache of a megabyte.</summary>
    private const long RowBlockElements = 128 * 1024;

    /// <summary>Lines this far apart share a set of the first and the second-level cache, which have at least
    /// <see cref="Ways1"/> and <see cref="Ways2"/> places in each; what would take more than three of four is packed.</summary>
    private const long Period1 = 4096, Ways1 = 8, Period2 = 65536, Ways2 = 16;

    /// <summary>Columns of a single row that are computed together: they wait in the first-level cache while B passes.</summary>
    private const long MaxRowColumns = 2048;

    private const long MinRowsToPack = 29;

    /// <summary>Tiles from top to bottom from which on it costs little to pack all of B before.</summary>
    private const long ManyTiles = 20;

    /// <summary>Elements of B that all rows pass by, one row of tiles after the other: a part of a third-level cache.</summary>
    private const long ColumnBlockElements = 1024 * 1024;

    public static Kernel Build(ExecutionSchedule schedule, Group group)
    {
        var probe = new ContractionBuilder(schedule, group);
        var plain = LoopSpace.Plain(probe.LoopShape(), probe.KindOf);
        var (a, b) = probe.Operands(plain);
        var probes = probe.Epilogue(plain, new KernelBuffer("tile", probe.Contraction.Results[0].DType, [1]), [], null);
        var merged = plain.Merge(new AccessCollector([.. probes, Touch(a), Touch(b)]));
        return new ContractionBuilder(schedule, group).Finish(merged);
    }

    // Not always the first: work of the epilogue that does not need the product may be declared before it.
    private Node Contraction => Group.Nodes.First(n => Legal.Forms[n] == NodeForm.Contraction);

    private ContractionAxes AxesOf => Legal.Forms.Lowering<ContractLowering>(Contraction).Axes;

    // Axes of the result, then the contracted ones.
    private Shape LoopShape() =>
        Shape.Create([.. Group.Space, .. AxesOf.ContractA.Select(axis => Contraction.Inputs[0].Shape[axis])]);

    private int KindOf(int d)
    {
        var (batch, rows) = (AxesOf.BatchA.Count, AxesOf.FreeA(Contraction.Inputs[0].Rank).Length);
        return d >= Group.Space.Rank ? Sum : d < batch ? Batch : d < batch + rows ? Rows : Columns;
    }

    private (Access A, Access B) Operands(LoopSpace space)
    {
        var (a, b) = (Contraction.Inputs[0], Contraction.Inputs[1]);
        var (freeA, freeB) = (AxesOf.FreeA(a.Rank), AxesOf.FreeB(b.Rank));
        var (ia, ib) = (new AffineIndex[a.Rank], new AffineIndex[b.Rank]);
        var next = 0;
        for (var d = 0; d < AxesOf.BatchA.Count; d++)
        {
            ia[AxesOf.BatchA[d]] = ib[AxesOf.BatchB[d]] = space.Index[next++];
        }

        foreach (var axis in freeA)
        {
            ia[axis] = space.Index[next++];
        }

        foreach (var axis in freeB)
        {
            ib[axis] = space.Index[next++];
        }

        for (var d = 0; d < AxesOf.ContractA.Count; d++)
        {
            ia[AxesOf.ContractA[d]] = ib[AxesOf.ContractB[d]] = space.Index[next++];
        }

        return (AccessOf(a, [.. ia]), AccessOf(b, [.. ib]));
    }

    private static LetStatement Touch(Access access) => new(new Local("probe", access.Buffer.Type), new LoadExpr(access));

    // Statements at one element of the result; the finished sum is an element of the tile.
    private List<KernelStatement> Epilogue(LoopSpace space, KernelBuffer tile, ImmutableArray<AffineIndex> inTile, Local? sum)
    {
        var (lets, stores) = (new List<KernelStatement>(), new List<KernelStatement>());
        var index = space.Index.RemoveRange(Group.Space.Rank, space.Index.Length - Group.Space.Rank);
        foreach (var node in Group.Nodes)
        {
            var tensor = node.Results[0];
            if (node == Contraction)
            {
                Define(node, inTile.IsEmpty ? new ConstantExpr(tensor.DType, 0) : new LoadExpr(tile.Dense.At(inTile)), lets, alwaysLocal: sum is not null);
            }
            else
            {
                Define(node, Compute(node, Group.IndexOf(tensor.Shape, Level.Point, index)!.Value), lets, alwaysLocal: false);
            }

            if (IsStored(tensor))
            {
                stores.Add(Store(tensor, Group.IndexOf(tensor.Shape, Level.Point, index)!.Value, Values[node]));
            }
        }

        return [.. lets, .. stores];
    }

    private Kernel Finish(LoopSpace space)
    {
        var type = Contraction.Results[0].DType;
        var (m, outerRows) = Innermost(space, Rows);
        var (n, outerColumns) = Innermost(space, Columns);
        var (k, outerSums) = Innermost(space, Sum);
        ImmutableArray<Axis> outer = [.. space.OfKind(Batch), .. outerRows, .. outerColumns];
        var (a, b) = Operands(space);

        var columns = Schedule.Target.TileColumns(type);
        var rows = Schedule.Target.TileRows;
        var isRow = (m?.Extent.Max ?? 1) <= 1 && n is not null && b.StrideOf(n) == 1;
        if (isRow)
        {
            (rows, columns) = (1, (int)Math.Min(MaxRowColumns, Math.Max(1, n!.Extent.Max)));
        }

        var (firstRow, firstColumn) = (new Axis("i0", m?.Extent ?? 1), new Axis("j0", n?.Extent ?? 1));
        var (row, column) = (new Axis("r", rows), new Axis("c", columns));
        var inside = space;
        inside = m is null ? inside : inside.Substitute(m, (AffineIndex)firstRow + row);
        inside = n is null ? inside : inside.Substitute(n, (AffineIndex)firstColumn + column);

        var tile = new KernelBuffer("tile", type, [rows, columns]);
        ImmutableArray<AffineIndex> inTile = [row, n is null ? 0 : column];
        var body = Epilogue(inside, tile, inTile, null);

        var sumBlock = (k?.Extent.Max ?? 1) <= WholeSum ? Math.Max(1, k?.Extent.Max ?? 1) : BlockedSum;
        var isBlocked = sumBlock < (k?.Extent.Max ?? 1) || outerSums.Length > 0;
        var scratch = new List<(KernelBuffer, long)> { (tile, 0) };
        var scratchBytes = Align(tile.Shape.ElementCount.Max * type.Size());
        var shared = new List<KernelBuffer>();
        var rowBlock = Math.Max(rows, RowBlockElements / sumBlock / rows * rows);
        var goesAlongRows = Schedule.Target.GoesAlongRows && !isRow && (m?.Extent.Max ?? 1) > ManyTiles * rows && (n?.Extent.Max ?? 1) > columns;
        var packing = goesAlongRows ? PackingMode.Whole : PackingOf(b, m, n, sumBlock, k, rowBlock, type);
        var panels = packing == PackingMode.Whole ? ((n?.Extent.Max ?? 1) + columns - 1) / columns : 1;
        var packedB = packing == PackingMode.None ? null : new KernelBuffer("packedB", type, [panels, sumBlock * columns]);
        var packedA = goesAlongRows || NeedsPackedA(a, m, n, sumBlock, k, type)
            ? new KernelBuffer("packedA", type, [goesAlongRows ? 1 : (Math.Min(rowBlock, m!.Extent.Max) + rows - 1) / rows, sumBlock * rows]) : null;
        foreach (var packed in new[] { packedB, packedA })
        {
            if (packed is null)
            {
                continue;
            }

            if (outer.IsEmpty && packed == packedB && packing == PackingMode.Whole)
            {
                shared.Add(packed); // packed by all workers together
            }
            else
            {
                scratch.Add((packed, scratchBytes)); // each worker packs for the batches, panels or rows that it takes
                scratchBytes += Align(packed.Shape.ElementCount.Max * type.Size());
            }
        }

        var (loadPartial, storePartial) = Partial(isBlocked, inside, tile, inTile, shared);
        var statement = new ContractStatement
        {
            Node = Contraction,
            Outer = outer,
            M = m,
            N = n,
            OuterSums = outerSums,
            K = k,
            A = a,
            B = b,
            Tile = (firstRow, firstColumn, row, column),
            TileBuffer = tile,
            SumBlock = sumBlock,
            RowBlock = rowBlock,
            GoesAlongRows = goesAlongRows,
            ColumnBlock = Math.Max(columns, ColumnBlockElements / sumBlock / columns * columns),
            PackedB = packedB,
            Packing = packing,
            IsRow = isRow,
            PackedA = packedA,
            LoadPartial = Over(row, n is null ? null : column, loadPartial),
            StorePartial = Over(row, n is null ? null : column, storePartial),
            Epilogue = Over(row, n is null ? null : column, [.. body]),
            Prefetched = n is null || isRow ? [] : [.. Prefetching.OfTile(body, tile, row, column)],
        };
        var flops = Contraction.Operator.Cost(Contraction).Flops.Max;
        return new Kernel(KernelName(), Parameters, [statement], scratchBytes, flops >= Schedule.Split.MinFlops, Formulas())
        {
            Scratch = [.. scratch],
            Shared = [.. shared],
        };
    }

    // A pure product keeps its sums so far where the result goes; otherwise they need a place of their own.
    private (ImmutableArray<KernelStatement> Load, ImmutableArray<KernelStatement> Store) Partial(
        bool isBlocked, LoopSpace inside, KernelBuffer tile, ImmutableArray<AffineIndex> inTile, List<KernelBuffer> shared)
    {
        if (!isBlocked)
        {
            return ([], []);
        }

        var result = Contraction.Results[0];
        KernelBuffer buffer;
        if (Group.Nodes.Count == 1 && !Schedule.InPlace.Contains(result))
        {
            buffer = StoreBufferOf(result);
        }
        else
        {
            buffer = new KernelBuffer("partial", result.DType, Group.Space);
            shared.Add(buffer);
        }

        var at = buffer.Dense.At(inside.Index.RemoveRange(Group.Space.Rank, inside.Index.Length - Group.Space.Rank));
        var element = tile.Dense.At(inTile);
        return
        (
            [new StoreStatement(element, new LoadExpr(element) + new LoadExpr(at))],
            [new StoreStatement(at, new LoadExpr(element))]
        );
    }

    private static ImmutableArray<KernelStatement> Over(Axis row, Axis? column, ImmutableArray<KernelStatement> body)
    {
        if (body.IsEmpty)
        {
            return [];
        }

        if (column is null)
        {
            return [new ForStatement(row, LoopKind.Serial, body)];
        }

        var vector = new AccessCollector(body).Accesses.All(a => a.Indirect is null && (a.StrideOf(column) == 0 || a.StrideOf(column) == 1));
        return [new ForStatement(row, LoopKind.Serial, [new ForStatement(column, vector ? LoopKind.Vector : LoopKind.Serial, body)])];
    }

    // B is read by vectors: columns must be neighbours. Its rows must not crowd a few cache sets when they are used again,
    // and are better in sequence where that costs nothing.
    private PackingMode PackingOf(Access b, Axis? m, Axis? n, long sum, Axis? k, long rowBlock, DType type)
    {
        var contiguous = n is null || b.StrideOf(n) == 1;
        var rows = m?.Extent.Max ?? 1;
        if (contiguous && (rows < MinRowsToPack || Schedule.Target.FetchesPanels))
        {
            return PackingMode.None;
        }

        var isPaged = k is not null && b.StrideOf(k) is { IsConstant: true, Factor: > 0 } stride && stride.Factor * type.Size() % Period1 == 0;
        return contiguous && !isPaged && !IsCrowded(b, k, sum, type, Period2, Ways2) ? PackingMode.None
            : rows <= rowBlock ? PackingMode.Panel : PackingMode.Whole;
    }

    // A is read element by element, from a few rows at once. Where its rows are neighbours, each p is in other lines, of
    // which a tile uses a part.
    private bool NeedsPackedA(Access a, Axis? m, Axis? n, long sum, Axis? k, DType type)
    {
        var isUsedAgain = (m?.Extent.Max ?? 1) >= MinRowsToPack && (n?.Extent.Max ?? 1) > Schedule.Target.TileColumns(type);
        var isScattered = Schedule.Target.GoesAlongRows && k is not null && m is not null && a.StrideOf(m) == 1 && a.StrideOf(k) != 1;
        return isUsedAgain && (isScattered || IsCrowded(a, m, Schedule.Target.TileRows, type, Period1, Ways1) || IsCrowded(a, k, sum, type, Period2, Ways2));
    }

    // Lines that far apart fall into few sets, and take more than three of four places there.
    private static bool IsCrowded(Access access, Axis? axis, long lines, DType type, long period, long ways)
    {
        if (axis is null || access.StrideOf(axis) is not { IsConstant: true } stride || stride.Factor * type.Size() < 64)
        {
            return false;
        }

        var shared = Math.Min(stride.Factor * type.Size() & -(stride.Factor * type.Size()), period); // the largest power of two
        return lines * shared > ways * 3 / 4 * period;
    }

    private static (Axis? Innermost, ImmutableArray<Axis> Others) Innermost(LoopSpace space, int kind)
    {
        var axes = space.OfKind(kind);
        return axes.IsEmpty ? (null, []) : (axes[^1], axes.RemoveAt(axes.Length - 1));
    }

    private static long Align(long bytes) => (bytes + 63) / 64 * 64;
}
