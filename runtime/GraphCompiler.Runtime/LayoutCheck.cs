using System.Collections.Immutable;
using GraphCompiler.Runtime.Memory;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime;

/// <summary>
/// What generated code relies on without looking: checked once, when a program is loaded, so that no run can leave its
/// memory.
/// </summary>
internal static class LayoutCheck
{
    public static void Run(
        ProgramLayout layout, ImmutableArray<VariableInfo> variables, ImmutableArray<ProgramConstant> constants)
    {
        if (layout.AbiVersion != ProgramLayout.CurrentAbi)
        {
            throw new GraphException(
                "GRC0441",
                $"Program \"{layout.Name}\" requires the runtime that it was generated for: " +
                $"it has ABI {layout.AbiVersion}, this runtime has {ProgramLayout.CurrentAbi}");
        }

        Require(layout.ArenaBytes >= 0 && layout.Scratch.All(static s => s.Bytes >= 0 && s.Offset >= 0 && s.Offset % 64 == 0), layout, "sizes of at least 0, and scratch on cache lines");
        Require(layout.Symbols.All(static symbol => symbol.Max >= 1), layout, "symbols with bounds of at least 1");
        foreach (var slot in layout.Slots)
        {
            CheckSlot(layout, slot);
        }

        CheckVariables(layout, variables);
        CheckConstants(layout, constants);
    }

    private static void CheckVariables(ProgramLayout layout, ImmutableArray<VariableInfo> variables)
    {
        SlotLayout[] slots = [.. layout.Slots.Where(static slot => slot.Kind == SlotKind.Variable)];
        Require(slots.Length == variables.Length, layout, "the declaration of each variable slot");
        for (var i = 0; i < slots.Length; i++)
        {
            var (slot, info) = (slots[i], variables[i]);
            Require(
                (slot.Name, slot.Type) == (info.Name, info.Type)
                && IsShape(slot.Shape, info.Shape.AsSpan()),
                layout,
                $"variable \"{slot.Name}\" as it is declared");
        }
    }

    private static bool IsShape(ImmutableArray<ExtentLayout> shape, ReadOnlySpan<long> extents)
    {
        var same = shape.Length == extents.Length;
        for (var i = 0; same && i < extents.Length; i++)
        {
            same = shape[i].Symbols.IsEmpty && shape[i].Factor == extents[i];
        }

        return same;
    }

    private static void CheckSlot(ProgramLayout layout, SlotLayout slot)
    {
        long bytes = slot.Type.Size();
        foreach (var extent in slot.Shape)
        {
            Multiply(extent.Factor, 0);
            foreach (var symbol in extent.Symbols)
            {
                Require((uint)symbol < (uint)layout.Symbols.Length, layout, $"declared symbols in \"{slot.Name}\"");
                Multiply(layout.Symbols[symbol].Max, 1);
            }
        }

        Require(bytes <= slot.MaxBytes, layout, $"room for the largest value of \"{slot.Name}\"");
        if (slot.Kind == SlotKind.Arena)
        {
            Require(
                slot.Offset >= 0
                && slot.Offset % AlignedBuffer.Alignment == 0
                && slot.Offset <= layout.ArenaBytes - slot.MaxBytes,
                layout,
                $"an aligned place within the arena for \"{slot.Name}\"");
        }

        void Multiply(long by, long atLeast)
        {
            Require(by >= atLeast, layout, $"extents of at least 0 of \"{slot.Name}\"");
            if (by > 1 && bytes > long.MaxValue / by)
            {
                Require(false, layout, $"a size below 2^63 bytes of \"{slot.Name}\"");
            }

            bytes *= by;
        }
    }

    private static void CheckConstants(ProgramLayout layout, ImmutableArray<ProgramConstant> constants)
    {
        var filled = new HashSet<int>();
        foreach (var constant in constants)
        {
            Require((uint)constant.Slot < (uint)layout.Slots.Length, layout, "values for slots that it has");
            Require(filled.Add(constant.Slot), layout, "values for each constant slot once");
            var slot = layout.Slots[constant.Slot];
            Require(
                slot.Kind == SlotKind.Constant && constant.Values.Length == slot.MaxBytes / slot.Type.Size(),
                layout,
                $"as many values as constant \"{slot.Name}\" has");
        }

        Require(
            layout.Slots.Count(static slot => slot.Kind == SlotKind.Constant) == filled.Count,
            layout,
            "values for each constant slot");
    }

    private static void Require(bool condition, ProgramLayout layout, string what)
    {
        if (!condition)
        {
            throw new ArgumentException($"The layout of program \"{layout.Name}\" requires {what}", nameof(layout));
        }
    }
}
