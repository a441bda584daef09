using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.CodeGen;

/// <summary>The register-tiled contraction nest: the one template. Its loops are text; tiles and packing are calls.</summary>
internal sealed partial class ContractEmitter(EmitContext context, StatementEmitter statements, ScalarExpressions scalar, bool isParallel)
{
    private ContractStatement _c = null!;
    private string _tileColumns = "", _tileRows = "";
    private string _m = "1", _n = "1", _k = "1", _sum = "1", _sumFirst = "0";
    private string _a = "", _b = "", _tile = "", _rowStart = "0", _rowEnd = "", _columnStart = "0", _columnEnd = "", _fetch = "";

    private string Tile => context.Target.Tile;

    // Batches are independent: each worker packs for those that it takes. One product is packed and computed by all.
    private bool SplitsBatches => _c.Outer.Length > 0;

    // All workers pack all panels of B together; otherwise each packs for itself.
    private bool SharesPanels => isParallel && !SplitsBatches && _c.Packing == PackingMode.Whole;

    private IReadOnlyList<Node> Own => _c.Node is { } node ? [node] : [];

    private bool IsBlocked => !_c.LoadPartial.IsEmpty;

    // Panels in place, of which the next one can be asked for.
    private bool FetchesPanels => context.Target.Target.FetchesPanels && _c.PackedB is null && !_c.IsRow
        && _c.N is { Extent.Max: var n } && n > _c.TileColumns && _c.K is not null && _c.B.StrideOf(_c.K) != 0;

    public void Emit(ContractStatement statement, CodeWriter into)
    {
        _c = statement;
        _tileColumns = statement.TileColumns.ToString(CultureInfo.InvariantCulture);
        _tileRows = statement.TileRows.ToString(CultureInfo.InvariantCulture);
        _tile = context.Buffers[statement.TileBuffer];
        _m = statement.M is null ? "1" : context.ExtentOf(statement.M);
        _n = statement.N is null ? "1" : context.ExtentOf(statement.N);
        _k = statement.K is null ? "1" : context.ExtentOf(statement.K);
        var closes = OpenLoops(statement.Outer, isParallel, into);
        Operands(into);
        Ranges(into);
        closes += OpenSums(into);
        PackAll(into);
        Tiles(into);
        if (SharesPanels && IsBlocked)
        {
            into.Line("w.Barrier(); // nobody packs the next block while somebody still reads this one");
        }

        for (; closes > 0; closes--)
        {
            into.Close();
        }
    }

    private int OpenLoops(IEnumerable<Axis> axes, bool split, CodeWriter into)
    {
        var count = 0;
        foreach (var axis in axes)
        {
            var variable = context.Names.New(axis.Name);
            context.Axes[axis] = variable;
            var (from, to) = ("0", context.ExtentOf(axis));
            if (split && count == 0)
            {
                (from, to) = (context.Names.New("from"), context.Names.New("to"));
                into.Line($"var ({from}, {to}) = Partition.Of({context.ExtentOf(axis)}, 1, w.Index, w.Count);");
            }

            into.Open($"for (nint {variable} = {from}; {variable} < {to}; {variable}++)");
            count++;
        }

        return count;
    }

    // References to the first element of each operand's matrix.
    private void Operands(CodeWriter into)
    {
        _a = Matrix(_c.A, [_c.M, _c.K, .. _c.OuterSums], into);
        _b = Matrix(_c.B, [_c.N, _c.K, .. _c.OuterSums], into);
    }

    private string Matrix(Access access, Axis?[] own, CodeWriter into)
    {
        var buffer = context.Buffers[access.Buffer];
        var offset = context.Sum(access.Terms.Where(t => !own.Contains(t.Axis)), access.Offset);
        if (offset == "0")
        {
            return buffer;
        }

        var name = context.Names.New(access.Buffer.Name + "Matrix");
        into.Line($"ref {Literals.StorageOf(access.Buffer.Type)} {name} = ref Unsafe.Add(ref {buffer}, {offset});");
        return name;
    }

    // One product is split by tiles of rows or by panels of columns, whichever are more, unless workers would then pack
    // the same.
    private void Ranges(CodeWriter into)
    {
        (_rowEnd, _columnEnd) = (_m, _n);
        if (!isParallel || SplitsBatches)
        {
            return;
        }

        var (rowUnits, columnUnits) = ((_c.M?.Extent.Max ?? 1) / _c.TileRows, (_c.N?.Extent.Max ?? 1) / _c.TileColumns);
        var byRows = _c.IsRow ? false
            : _c.PackedA is not null ? rowUnits >= columnUnits / 4
            : _c.Packing == PackingMode.Panel || FetchesPanels ? rowUnits / 4 >= columnUnits
            : rowUnits >= columnUnits;
        var (extent, grain) = byRows ? (_m, _c.TileRows) : (_n, context.Target.Target.TileColumns(_c.TileBuffer.Type));
        var (from, to) = (context.Names.New(byRows ? "rowFrom" : "columnFrom"), context.Names.New(byRows ? "rowTo" : "columnTo"));
        into.Line(string.Create(CultureInfo.InvariantCulture, $"var ({from}, {to}) = Partition.Of({extent}, {grain}, w.Index, w.Count);"));
        if (byRows)
        {
            (_rowStart, _rowEnd) = (from, to);
        }
        else
        {
            (_columnStart, _columnEnd) = (from, to);
        }
    }

    private int OpenSums(CodeWriter into)
    {
        _sum = _k;
        if (!IsBlocked)
        {
            return 0;
        }

        var closes = OpenOuterSums(into);
        var block = _c.SumBlock.ToString(CultureInfo.InvariantCulture);
        _sumFirst = context.Names.New("k0");
        _sum = context.Names.New("block");
        into.Open($"for (nint {_sumFirst} = 0; {_sumFirst} == 0 || {_sumFirst} < {_k}; {_sumFirst} += {block})");
        var isEmpty = string.Concat(_c.OuterSums.Where(static a => !a.Extent.IsConstant || a.Extent == 0).Select(a => $"{context.ExtentOf(a)} == 0 ? 0 : "));
        into.Line($"nint {_sum} = {isEmpty}Math.Min({block}, {_k} - {_sumFirst});");
        var isFirst = string.Concat(_c.OuterSums.Select(a => $" && {context.Axes[a]} == 0"));
        var isLast = string.Concat(_c.OuterSums.Select(a => $" && {context.Axes[a]} + 1 >= {context.ExtentOf(a)}"));
        into.Line($"bool isFirst = {_sumFirst} == 0{isFirst}, isLast = {_sumFirst} + {block} >= {_k}{isLast};");
        return closes + 1;
    }

    // Once even when there is nothing to sum: the result is then the epilogue of zero.
    private int OpenOuterSums(CodeWriter into)
    {
        foreach (var axis in _c.OuterSums)
        {
            var variable = context.Names.New(axis.Name);
            context.Axes[axis] = variable;
            into.Open($"for (nint {variable} = 0; {variable} == 0 || {variable} < {context.ExtentOf(axis)}; {variable}++)");
        }

        return _c.OuterSums.Length;
    }

    // Where the block of the sum starts in an operand.
    private string SumOffset(Access access)
    {
        var terms = new List<string>();
        if (_c.K is not null && _sumFirst != "0" && access.StrideOf(_c.K) is var stride && stride != 0)
        {
            terms.Add($"{_sumFirst} * {context.Text(stride)}");
        }

        terms.AddRange(_c.OuterSums.Where(a => access.StrideOf(a) != 0).Select(a => $"{context.Axes[a]} * {context.Text(access.StrideOf(a))}"));
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    private string Stride(Access access, Axis? axis) => axis is null ? "0" : context.Text(access.StrideOf(axis));

    private static string Offset(params string[] terms)
    {
        var some = terms.Where(static t => t != "0").ToArray();
        return some.Length == 0 ? "0" : string.Join(" + ", some);
    }

    private static string Times(string index, string stride) =>
        index == "0" || stride == "0" ? "0" : stride == "1" ? index : $"{index} * {stride}";

    private static string At(string reference, string offset) => offset == "0" ? reference : $"Unsafe.Add(ref {reference}, {offset})";

    private void Tiles(CodeWriter into)
    {
        var ((row, rowEnd), (column, columnEnd)) = ((_rowStart, _rowEnd), (_columnStart, _columnEnd));
        var blocksRows = !_c.GoesAlongRows && (_c.M?.Extent.Max ?? 1) > _c.RowBlock;
        var blocksColumns = _c.GoesAlongRows && (_c.N?.Extent.Max ?? 1) > _c.ColumnBlock;
        (row, rowEnd) = blocksRows ? OpenBlocks("rowBlock", row, rowEnd, _c.RowBlock, into) : (row, rowEnd);
        (column, columnEnd) = blocksColumns ? OpenBlocks("columnBlock", column, columnEnd, _c.ColumnBlock, into) : (column, columnEnd);
        var (i0, j0) = (context.Names.New("i0"), context.Names.New("j0"));
        context.Axes[_c.Tile.FirstRow] = i0;
        context.Axes[_c.Tile.FirstColumn] = j0;
        context.SetExtent(_c.Tile.Row, "rows");
        context.SetExtent(_c.Tile.Column, "columns");
        var step = Step(row, rowEnd, into);
        if (_c.GoesAlongRows)
        {
            OpenTiles(i0, row, rowEnd, step, "rows", into);
            PackRows(i0, "rows", into);
            OpenTiles(j0, column, columnEnd, _tileColumns, "columns", into);
            OneTile(i0, j0, i0, into);
        }
        else
        {
            if (_c.PackedA is not null)
            {
                PackRows(row, row == "0" ? rowEnd : $"{rowEnd} - {row}", into);
            }

            OpenTiles(j0, column, columnEnd, _tileColumns, "columns", into);
            if (_c.Packing == PackingMode.Panel)
            {
                PackColumns(j0, "columns", into);
            }

            OpenTiles(i0, row, rowEnd, step, "rows", into);
            _fetch = FetchOf(i0, step, rowEnd);
            OneTile(i0, j0, row, into);
        }

        for (var closes = 2 + (blocksRows ? 1 : 0) + (blocksColumns ? 1 : 0); closes > 0; closes--)
        {
            into.Close();
        }
    }

    private (string From, string To) OpenBlocks(string name, string from, string to, long size, CodeWriter into)
    {
        var (block, end) = (context.Names.New(name), context.Names.New(name + "End"));
        into.Open(string.Create(CultureInfo.InvariantCulture, $"for (nint {block} = {from}; {block} < {to}; {block} += {size})"));
        into.Line(string.Create(CultureInfo.InvariantCulture, $"nint {end} = Math.Min({block} + {size}, {to});"));
        return (block, end);
    }

    private static void OpenTiles(string index, string from, string to, string step, string count, CodeWriter into)
    {
        into.Open($"for (nint {index} = {from}; {index} < {to}; {index} += {step})");
        into.Line($"nint {count} = Math.Min({step}, {to} - {index});");
    }

    // A short last tile leaves the pipes of arithmetic idle: rather all tiles are a little shorter. Packed panels are full.
    private string Step(string start, string end, CodeWriter into)
    {
        if (_c.PackedA is not null && !_c.GoesAlongRows)
        {
            return _tileRows;
        }

        if (start == "0" && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
        {
            return Partition.Even((nint)rows, _c.TileRows).ToString(CultureInfo.InvariantCulture);
        }

        var step = context.Names.New("step");
        into.Line($"nint {step} = Partition.Even({(start == "0" ? end : $"{end} - {start}")}, {_tileRows});");
        return step;
    }

    private void OneTile(string i0, string j0, string start, CodeWriter into)
    {
        var direct = Direct();
        if (direct is not null && !(_c.IsRow && IsBlocked))
        {
            var target = At(context.Buffers[direct.Buffer], scalar.Index(Corner(direct)));
            var (step, adds) = (context.Text(Step(direct)), IsBlocked ? "!isFirst" : "false");
            if (context.Target.Target.HasExactTiles || _c.IsRow)
            {
                Call(i0, j0, start, target, step, adds, into);
                return;
            }

            into.Open($"if (rows == {_tileRows} && columns == {_tileColumns})");
            Call(i0, j0, start, target, step, adds, into);
            into.Line("continue;");
            into.Close();
            into.Line();
        }

        Fetch(into);
        Call(i0, j0, start, _tile, _tileColumns, "false", into);
        Finish(into);
    }

    // Where nothing but the product is wanted, full tiles go straight to the result.
    private Access? Direct()
    {
        var stores = Body(_c.Epilogue);
        if (stores is not [StoreStatement { Value: LoadExpr { Access: var from }, Access: var to }] || from.Buffer != _c.TileBuffer
            || (_c.N is not null && to.StrideOf(_c.Tile.Column) != 1))
        {
            return null;
        }

        return IsBlocked && (Body(_c.StorePartial) is not [StoreStatement partial] || partial.Access.Buffer != to.Buffer) ? null : to;
    }

    private static IReadOnlyList<KernelStatement> Body(IReadOnlyList<KernelStatement> loops)
    {
        while (loops is [ForStatement loop])
        {
            loops = loop.Body;
        }

        return loops is [LetStatement { Value: LoadExpr } let, StoreStatement { Value: LocalExpr value } store] && value.Local == let.Local
            ? [new StoreStatement(store.Access, let.Value)] : loops;
    }

    private Access Corner(Access access) =>
        new(access.Buffer, [.. access.Terms.Where(t => !ReferenceEquals(t.Axis, _c.Tile.Row) && !ReferenceEquals(t.Axis, _c.Tile.Column))], access.Offset);

    private Dim Step(Access access) => _c.M is null ? 0 : access.StrideOf(_c.Tile.Row);

    private void Call(string i0, string j0, string firstRow, string c, string ldc, string adds, CodeWriter into)
    {
        into.Begin(Own);
        Product(i0, j0, firstRow, c, ldc, adds, into);
        into.End();
    }

    private void Product(string i0, string j0, string firstRow, string c, string ldc, string adds, CodeWriter into)
    {
        var isExact = context.Target.Target.HasExactTiles;
        var (rows, columns) = (_c.PackedA is null || isExact ? "rows" : _tileRows, _c.PackedB is null || isExact ? "columns" : _tileColumns);
        var a = _c.PackedA is { } pa ? At(context.Buffers[pa], firstRow == i0 ? "0" : firstRow == "0" ? $"{i0} * {_sum}" : $"({i0} - {firstRow}) * {_sum}")
            : At(_a, Offset(Times(i0, Stride(_c.A, _c.M)), SumOffset(_c.A)));
        var left = _c.PackedA is null ? $"ref {a}, {Stride(_c.A, _c.M)}, {Stride(_c.A, _c.K)}, {rows}" : $"ref {a}, 1, {_tileRows}, {rows}";
        var inPlace = $"ref {At(_b, Offset(Stride(_c.B, _c.N) == "0" ? "0" : j0, SumOffset(_c.B)))}, {Stride(_c.B, _c.K)}, {columns}";
        if (_c.IsRow)
        {
            into.Line($"{Tile}.Row(ref {a}, {Stride(_c.A, _c.K)}, {inPlace}, {_sum}, ref {c});");
            return;
        }

        if (_c.PackedB is null)
        {
            into.Line($"{Tile}.Strided({left}, {inPlace}, {_sum}, ref {c}, {ldc}, accumulate: {adds}{_fetch});");
            return;
        }

        var panel = At(context.Buffers[_c.PackedB], _c.Packing == PackingMode.Whole ? $"{j0} * {_sum}" : "0");
        into.Line(_c.PackedA is not null && !isExact
            ? $"{Tile}.Packed(ref {a}, ref {panel}, {_sum}, ref {c}, {ldc}, accumulate: {adds});"
            : $"{Tile}.Strided({left}, ref {panel}, {_tileColumns}, {columns}, {_sum}, ref {c}, {ldc}, accumulate: {adds});");
    }

    private void Finish(CodeWriter into)
    {
        if (!IsBlocked)
        {
            statements.Emit(_c.Epilogue, into);
            return;
        }

        into.Open("if (!isFirst)");
        statements.Emit(_c.LoadPartial, into);
        into.Close();
        into.Open("if (!isLast)");
        statements.Emit(_c.StorePartial, into);
        into.Close();
        into.Open("else");
        statements.Emit(_c.Epilogue, into);
        into.Close();
    }
}
