using GraphCompiler.Kernels;

namespace GraphCompiler.CodeGen;

// What is brought near before a tile is computed, or while it is: packed panels, the panel after this one, and what its epilogue will read and write.
internal sealed partial class ContractEmitter
{
    private void PackAll(CodeWriter into)
    {
        if (_c.Packing != PackingMode.Whole)
        {
            return;
        }

        if (!SharesPanels)
        {
            PackColumns("0", _n, into);
            return;
        }

        var (from, to) = (context.Names.New("packFrom"), context.Names.New("packTo"));
        into.Line($"var ({from}, {to}) = Partition.Of({_n}, {_tileColumns}, w.Index, w.Count);");
        into.Open($"if ({from} < {to})");
        PackColumns(from, $"{to} - {from}", into);
        into.Close();
        into.Line("w.Barrier();");
    }

    private void PackColumns(string from, string count, CodeWriter into)
    {
        var (across, along) = (Stride(_c.B, _c.N), Stride(_c.B, _c.K));
        var target = At(context.Buffers[_c.PackedB!], from == "0" || _c.Packing == PackingMode.Panel ? "0" : $"{from} * {_sum}");
        into.Begin(Own);
        into.Line($"{Tile}.PackColumns(ref {At(_b, Offset(SumOffset(_c.B), Times(from, across)))}, {along}, {across}, {_sum}, {count}, ref {target});");
        into.End();
    }

    private void PackRows(string from, string count, CodeWriter into)
    {
        var (across, along) = (Stride(_c.A, _c.M), Stride(_c.A, _c.K));
        into.Begin(Own);
        into.Line($"{Tile}.PackRows(ref {At(_a, Offset(SumOffset(_c.A), Times(from, across)))}, {across}, {along}, {count}, {_sum}, ref {context.Buffers[_c.PackedA!]});");
        into.End();
    }

    // The last tile of a panel asks for the next panel, the others for what they need themselves soon.
    private string FetchOf(string i0, string step, string rowEnd)
    {
        if (!FetchesPanels)
        {
            return "";
        }

        var isOneTile = (_c.M?.Extent.Max ?? 1) <= _c.TileRows;
        return isOneTile ? $", fetch: {_tileColumns}" : $", fetch: {i0} + {step} < {rowEnd} ? {Tile}.Ahead * {Stride(_c.B, _c.K)} : {_tileColumns}";
    }

    // It comes from memory while the tile is computed; of a blocked sum, only the last block has an epilogue.
    private void Fetch(CodeWriter into)
    {
        if (_c.Prefetched.IsEmpty)
        {
            return;
        }

        if (IsBlocked)
        {
            into.Open("if (isLast)");
        }

        foreach (var access in _c.Prefetched)
        {
            into.Line($"Prefetch.Tile(ref {At(context.Buffers[access.Buffer], scalar.Index(Corner(access)))}, {context.Text(Step(access))}, rows, columns);");
        }

        if (IsBlocked)
        {
            into.Close();
        }
    }
}
