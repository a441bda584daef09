using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>The register-tiled contraction nest: the one template. Its loops are text; tiles and packing are calls.</summary>
internal sealed class ContractEmitter(EmitContext context, StatementEmitter statements, ScalarExpressions scalar, bool isParallel)
{
    /// <summary>Elements of A that a block of rows may have, so that it stays in the second-level cache while columns pass.</summary>
    private const long RowBlockElements = 96 * 1024;

    private const int TileRows = ContractStatement.TileRows;

    private ContractStatement _c = null!;
    private string _tileColumns = "";
    private string _m = "1", _n = "1", _k = "1", _sum = "1", _sumFirst = "0";
    private string _a = "", _b = "", _tile = "", _rowStart = "0", _rowEnd = "", _columnStart = "0", _columnEnd = "";

    private string Tile => context.Target.Tile;

    // Batches are independent: each worker packs for those that it takes. One product is packed and computed by all.
    private bool SplitsBatches => _c.Outer.Length > 0;

    private bool IsBlocked => !_c.LoadPartial.IsEmpty;

    public void Emit(ContractStatement statement, CodeWriter into)
    {
        _c = statement;
        _tileColumns = statement.TileColumns.ToString(CultureInfo.InvariantCulture);
        _tile = context.Buffers[statement.TileBuffer];
        _m = statement.M is null ? "1" : context.ExtentOf(statement.M);
        _n = statement.N is null ? "1" : context.ExtentOf(statement.N);
        _k = statement.K is null ? "1" : context.ExtentOf(statement.K);
        var closes = OpenLoops(statement.Outer, isParallel, into);
        Operands(into);
        Ranges(into);
        closes += OpenSums(into);
        Pack(_c.PackedB, _c.B, _c.N, _b, _n, _c.TileColumns, "Columns", into);
        Pack(_c.PackedA, _c.A, _c.M, _a, _m, TileRows, "Rows", into);
        if (isParallel && !SplitsBatches && (_c.PackedA ?? _c.PackedB) is not null)
        {
            into.Line("w.Barrier();");
        }

        Tiles(into);
        if (isParallel && !SplitsBatches && (_c.PackedA ?? _c.PackedB) is not null && IsBlocked)
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

    // One product is split by tiles of rows or by panels of columns, whichever are more.
    private void Ranges(CodeWriter into)
    {
        (_rowEnd, _columnEnd) = (_m, _n);
        if (!isParallel || SplitsBatches)
        {
            return;
        }

        var byRows = (_c.M?.Extent.Max ?? 1) / TileRows >= (_c.N?.Extent.Max ?? 1) / _c.TileColumns;
        var (extent, grain) = byRows ? (_m, TileRows) : (_n, _c.TileColumns);
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

    private static string At(string reference, string offset) => offset == "0" ? reference : $"Unsafe.Add(ref {reference}, {offset})";

    private void Pack(KernelBuffer? packed, Access access, Axis? axis, string matrix, string extent, int grain, string method, CodeWriter into)
    {
        if (packed is null)
        {
            return;
        }

        var (from, to) = ("0", extent);
        var closes = 0;
        if (isParallel && !SplitsBatches)
        {
            (from, to) = (context.Names.New("packFrom"), context.Names.New("packTo"));
            into.Line(string.Create(CultureInfo.InvariantCulture, $"var ({from}, {to}) = Partition.Of({extent}, {grain}, w.Index, w.Count);"));
            into.Open($"if ({from} < {to})");
            closes++;
        }

        var (across, along) = (Stride(access, axis), Stride(access, _c.K));
        var source = At(matrix, Offset(SumOffset(access), from == "0" || across == "0" ? "0" : across == "1" ? from : $"{from} * {across}"));
        var count = from == "0" ? to : $"{to} - {from}";
        var target = At(context.Buffers[packed], from == "0" ? "0" : $"{from} * {_sum}");
        into.Line(method == "Columns"
            ? $"{Tile}.PackColumns(ref {source}, {along}, {across}, {_sum}, {count}, ref {target});"
            : $"{Tile}.PackRows(ref {source}, {across}, {along}, {count}, {_sum}, ref {target});");
        if (closes > 0)
        {
            into.Close();
        }
    }

    private void Tiles(CodeWriter into)
    {
        var (i0, j0) = (context.Names.New("i0"), context.Names.New("j0"));
        var rowBlock = Math.Max(TileRows, RowBlockElements / Math.Max(1, _c.SumBlock) / TileRows * TileRows);
        var closes = 0;
        var (start, end) = (_rowStart, _rowEnd);
        if ((_c.M?.Extent.Max ?? 1) > rowBlock)
        {
            start = context.Names.New("rowBlock");
            into.Open(string.Create(CultureInfo.InvariantCulture, $"for (nint {start} = {_rowStart}; {start} < {_rowEnd}; {start} += {rowBlock})"));
            end = context.Names.New("rowBlockEnd");
            into.Line(string.Create(CultureInfo.InvariantCulture, $"nint {end} = Math.Min({start} + {rowBlock}, {_rowEnd});"));
            closes++;
        }

        into.Open($"for (nint {j0} = {_columnStart}; {j0} < {_columnEnd}; {j0} += {_tileColumns})");
        into.Line($"nint columns = Math.Min({_tileColumns}, {_n} - {j0});");
        into.Open($"for (nint {i0} = {start}; {i0} < {end}; {i0} += {TileRows})");
        into.Line($"nint rows = Math.Min({TileRows}, {_m} - {i0});");
        context.Axes[_c.Tile.FirstRow] = i0;
        context.Axes[_c.Tile.FirstColumn] = j0;
        context.SetExtent(_c.Tile.Row, "rows");
        context.SetExtent(_c.Tile.Column, "columns");
        var call = Call(i0, j0);
        if (Direct() is { } direct)
        {
            into.Open($"if (rows == {TileRows} && columns == {_tileColumns})");
            into.Line(call(At(context.Buffers[direct.Buffer], scalar.Index(Corner(direct))), context.Text(Step(direct)), IsBlocked ? "!isFirst" : "false"));
            into.Line("continue;");
            into.Close();
            into.Line();
        }

        into.Line(call(_tile, _tileColumns, "false"));
        Finish(into);
        into.Close();
        into.Close();
        for (; closes > 0; closes--)
        {
            into.Close();
        }
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

    private Func<string, string, string, string> Call(string i0, string j0)
    {
        var (rows, columns) = (_c.PackedA is null ? "rows" : TileRows.ToString(CultureInfo.InvariantCulture), _c.PackedB is null ? "columns" : _tileColumns);
        var aRow = Stride(_c.A, _c.M);
        var bColumn = Stride(_c.B, _c.N);
        var a = _c.PackedA is { } pa ? At(context.Buffers[pa], $"{i0} * {_sum}")
            : At(_a, Offset(aRow == "0" ? "0" : aRow == "1" ? i0 : $"{i0} * {aRow}", SumOffset(_c.A)));
        var b = _c.PackedB is { } pb ? At(context.Buffers[pb], $"{j0} * {_sum}")
            : At(_b, Offset(bColumn == "0" ? "0" : j0, SumOffset(_c.B)));
        return _c is { PackedA: not null, PackedB: not null }
            ? (c, ldc, add) => $"{Tile}.Packed(ref {a}, ref {b}, {_sum}, ref {c}, {ldc}, accumulate: {add});"
            : (c, ldc, add) => $"{Tile}.Strided(ref {a}, {(_c.PackedA is null ? aRow : "1")}, {(_c.PackedA is null ? Stride(_c.A, _c.K) : "6")}, {rows}, "
                + $"ref {b}, {(_c.PackedB is null ? Stride(_c.B, _c.K) : _tileColumns)}, {columns}, {_sum}, ref {c}, {ldc}, accumulate: {add});";
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
