using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.Tiles;
using GraphCompiler.Schedule;

namespace GraphCompiler.Compile;

/// <summary>A generated program as bytes, in the order of its members; numbers little-endian, text as UTF-8.</summary>
/// <remarks>Plain loops over arrays: reading is what a start waits for, and sequences of structures would have to be
/// compiled first.</remarks>
internal static class ProgramFormat
{
    public static byte[] Encode(GeneratedProgram program)
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        output.Write(program.ClassName);
        output.Write(program.Source);
        Write(program.Layout, output);
        output.Write(program.Plan.Blocks.Length);
        foreach (var block in program.Plan.Blocks)
        {
            output.Write(block.First);
            output.Write(block.Last);
        }

        Write(program.Plan.Scratch, output);

        output.Write(program.Parallelism);
        output.Write(program.SummaryText);
        output.Write(program.KernelCount);
        output.Write(program.KernelMethodCount);
        output.Write(program.Constants.Length);
        foreach (var (slot, values) in program.Constants)
        {
            output.Write(slot);
            output.Write(values.Length);
            output.Write(MemoryMarshal.AsBytes(values.Span));
        }

        output.Write(program.Tiles.Length);
        foreach (var tile in program.Tiles)
        {
            output.Write(tile.VectorBits);
            output.Write((byte)tile.Type);
            output.Write(tile.Rows);
            output.Write(tile.Columns);
        }

        output.Flush();
        return content.ToArray();
    }

    /// <summary>The program, or null where the bytes are none.</summary>
    public static GeneratedProgram? Decode(byte[] bytes)
    {
        using var content = new MemoryStream(bytes, writable: false);
        using var input = new BinaryReader(content, new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            var (className, source) = (input.ReadString(), input.ReadString());
            var layout = ReadLayout(input);
            var plan = ReadPlan(input, layout);
            var program = new GeneratedProgram(
                className,
                source,
                layout,
                plan,
                input.ReadInt32(),
                input.ReadString(),
                input.ReadInt32(),
                input.ReadInt32(),
                ReadConstants(input)) { Tiles = ReadTiles(input) };
            return content.Position == content.Length && program.Parallelism > 0 ? program : null;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or OverflowException or GraphException)
        {
            return null;
        }
    }

    private static void Write(ProgramLayout layout, BinaryWriter output)
    {
        output.Write(layout.Name);
        output.Write(layout.AbiVersion);
        output.Write(layout.Symbols.Length);
        foreach (var symbol in layout.Symbols)
        {
            output.Write(symbol.Name);
            output.Write(symbol.Max);
        }

        output.Write(layout.Slots.Length);
        foreach (var slot in layout.Slots)
        {
            output.Write((byte)slot.Kind);
            output.Write(slot.Name);
            output.Write((byte)slot.Type);
            output.Write(slot.Shape.Length);
            foreach (var extent in slot.Shape)
            {
                output.Write(extent.Factor);
                output.Write(extent.Symbols.Length);
                foreach (var symbol in extent.Symbols)
                {
                    output.Write(symbol);
                }
            }

            output.Write(slot.Offset);
            output.Write(slot.MaxBytes);
        }

        output.Write(layout.ArenaBytes);
        Write(layout.Scratch, output);
        output.Write(layout.WritesVariables);
    }

    private static void Write(ImmutableArray<ScratchLayout> scratch, BinaryWriter output)
    {
        output.Write(scratch.Length);
        foreach (var (offset, bytes) in scratch)
        {
            output.Write(offset);
            output.Write(bytes);
        }
    }

    private static ImmutableArray<ScratchLayout> ReadScratch(BinaryReader input)
    {
        var scratch = new ScratchLayout[Count(input)];
        for (var i = 0; i < scratch.Length; i++)
        {
            scratch[i] = new(input.ReadInt64(), input.ReadInt64());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(scratch);
    }

    private static ProgramLayout ReadLayout(BinaryReader input)
    {
        var (name, abi) = (input.ReadString(), input.ReadInt32());
        var symbols = new SymbolLayout[Count(input)];
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = new(input.ReadString(), input.ReadInt64());
        }

        var slots = new SlotLayout[Count(input)];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = new(
                (SlotKind)Below(input.ReadByte(), (int)SlotKind.Arena + 1),
                input.ReadString(),
                (DType)Below(input.ReadByte(), (int)DType.Bool + 1),
                ReadShape(input, symbols.Length),
                input.ReadInt64(),
                input.ReadInt64());
        }

        return new(name, abi, [.. slots], [.. symbols], input.ReadInt64(), ReadScratch(input), input.ReadBoolean());
    }

    private static ImmutableArray<ExtentLayout> ReadShape(BinaryReader input, int symbols)
    {
        var extents = new ExtentLayout[Count(input)];
        for (var i = 0; i < extents.Length; i++)
        {
            var factor = input.ReadInt64();
            var indices = new int[Count(input)];
            for (var j = 0; j < indices.Length; j++)
            {
                indices[j] = Below(input.ReadInt32(), symbols);
            }

            extents[i] = new(factor, ImmutableCollectionsMarshal.AsImmutableArray(indices));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(extents);
    }

    private static ImmutableArray<TileUse> ReadTiles(BinaryReader input)
    {
        var tiles = new TileUse[Count(input)];
        for (var i = 0; i < tiles.Length; i++)
        {
            tiles[i] = new(input.ReadInt32(), (DType)Below(input.ReadByte(), (int)DType.Bool + 1), input.ReadInt32(), input.ReadInt32());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(tiles);
    }

    // Blocks of the arena are its slots, in the same order.
    private static MemoryPlan ReadPlan(BinaryReader input, ProgramLayout layout)
    {
        var blocks = new MemoryPlan.Block[Count(input)];
        var next = 0;
        foreach (var slot in layout.Slots)
        {
            if (slot.Kind == SlotKind.Arena)
            {
                var at = Below(next++, blocks.Length);
                var storage = new Storage(StorageKind.Arena, slot.Name, new TensorType(slot.Type, ShapeOf(slot, layout)));
                blocks[at] = new(storage, slot.Offset, slot.MaxBytes, input.ReadInt32(), input.ReadInt32());
            }
        }

        if (next != blocks.Length)
        {
            throw new FormatException("the arena has another number of slots than the plan has blocks");
        }

        return new(ImmutableCollectionsMarshal.AsImmutableArray(blocks), layout.ArenaBytes, ReadScratch(input));
    }

    private static Shape ShapeOf(SlotLayout slot, ProgramLayout layout)
    {
        var dims = new Dim[slot.Shape.Length];
        for (var i = 0; i < dims.Length; i++)
        {
            dims[i] = slot.Shape[i].Factor;
            foreach (var symbol in slot.Shape[i].Symbols)
            {
                dims[i] *= Dim.Symbol(layout.Symbols[symbol].Name, layout.Symbols[symbol].Max);
            }
        }

        return Shape.Create(dims);
    }

    private static ImmutableArray<(int Slot, ReadOnlyMemory<double> Values)> ReadConstants(BinaryReader input)
    {
        var constants = new (int Slot, ReadOnlyMemory<double> Values)[Count(input)];
        for (var i = 0; i < constants.Length; i++)
        {
            var slot = input.ReadInt32();
            var values = new double[Count(input, sizeof(double))];
            input.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            constants[i] = (slot, values);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(constants);
    }

    // No more than there can be in what is left, so that nothing is allocated for a number that is not true.
    private static int Count(BinaryReader input, int size = 1)
    {
        var count = input.ReadInt32();
        return count >= 0 && count <= (input.BaseStream.Length - input.BaseStream.Position) / size
            ? count
            : throw new FormatException("a list is longer than what is left");
    }

    private static int Below(int value, int limit) =>
        (uint)value < (uint)limit ? value : throw new FormatException("a number is out of its range");
}
