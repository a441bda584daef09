using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime.Tests.Running;

public sealed class ProgramLayoutTests
{
    private static readonly VariableInfo V = new("v", DType.Int32, [2], Init.Zeros);
    private static readonly SlotLayout VSlot = Programs.Slot(SlotKind.Variable, "v", DType.Int32, 8, Programs.Of(2L));

    [Test]
    public void ExecutionBytes_OfALayout_AreTheSumOfCacheLines()
    {
        var layout = Programs.Layout(
            [new("n", 3)],
            Programs.Slot(SlotKind.Input, "x", DType.Float32, 65 * 4, Programs.Of(65L)),
            VSlot,
            Programs.Slot(SlotKind.Arena, "t", DType.Float32, 4)) with
        { ArenaBytes = 100, Scratch = [new ScratchLayout(128, 1), new ScratchLayout(64, 65)] };
        const long Table = 64, X = 320;
        Assert.That(layout.ExecutionBytes(1), Is.EqualTo(Table + X + 128 + 64));
        Assert.That(layout.ExecutionBytes(3), Is.EqualTo(Table + X + 64 + 3 * 128));
        Assert.That(layout.TotalBytes(3), Is.EqualTo(Table + X + 64 + 3 * 128 + 8));
        Assert.That(() => layout.ExecutionBytes(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        var huge = layout with { ArenaBytes = long.MaxValue - 100 };
        Assert.That(() => huge.ExecutionBytes(1), Throws.TypeOf<OverflowException>());
    }

    [Test]
    public void CompiledProgram_OtherAbi_IsRefused()
    {
        var layout = Programs.Layout([]) with { AbiVersion = 99 };
        var error = Assert.Throws<GraphException>(() => Programs.Program(layout, static (in _) => { }))!;
        Assert.That(error.Id, Is.EqualTo("GRC0441"));
        Assert.That(error.Message, Does.Contain($"it has ABI 99, this runtime has {ProgramLayout.CurrentAbi}"));
    }

    [Test]
    public void CompiledProgram_LayoutThatCannotBe_IsRefused()
    {
        var arena = Programs.Slot(SlotKind.Arena, "t", DType.Float32, 128, Programs.Of(32L));
        var good = Programs.Layout([new("n", 4)], arena) with { ArenaBytes = 128 };
        Programs.Program(good, static (in _) => { });
        ProgramLayout[] bad =
        [
            good with { ArenaBytes = 127 },
            good with { Scratch = [new(0, -1)] },
            good with { Scratch = [new(-64, 1)] },
            good with { Scratch = [new(1, 1)] },
            good with { Symbols = [new("n", 0)] },
            good with { Slots = [arena with { Offset = 64 }] },
            good with { Slots = [arena with { Offset = -64 }] },
            good with { Slots = [arena with { Offset = 1, MaxBytes = 4, Shape = [] }] },
            good with { Slots = [arena with { MaxBytes = 127 }] },
            good with { Slots = [arena with { Shape = [Programs.Of([1])] }] },
            good with { Slots = [arena with { Shape = [Programs.Of([0]), Programs.Of(9L)] }] },
            good with { Slots = [arena with { Shape = [Programs.Of(-1L)] }] },
            good with { Slots = [arena with { Shape = [Programs.Of(1L << 40), Programs.Of(1L << 40)] }] },
            good with { Slots = [VSlot] },
            good with { Slots = [Programs.Slot(SlotKind.Constant, "c", DType.Float32, 4)] },
        ];
        foreach (var layout in bad)
        {
            Assert.That(() => Programs.Program(layout, static (in _) => { }), Throws.ArgumentException, $"{layout}");
        }
    }

    [Test]
    public void CompiledProgram_VariablesAndConstants_AreThoseOfTheSlots()
    {
        var layout = Programs.Layout(
            [],
            VSlot,
            Programs.Slot(SlotKind.Constant, "c", DType.Float32, 8, Programs.Of(2L)));
        var values = new ProgramConstant(1, new double[2]);
        Make([V], [values]);
        Assert.That(() => Make([], [values]), Throws.ArgumentException);
        Assert.That(() => Make([V, V], [values]), Throws.ArgumentException);
        Assert.That(() => Make([V with { Name = "w" }], [values]), Throws.ArgumentException);
        Assert.That(() => Make([V with { Shape = [1, 2] }], [values]), Throws.ArgumentException);
        Assert.That(() => Make([V], []), Throws.ArgumentException);
        Assert.That(() => Make([V], [values, values]), Throws.ArgumentException);
        Assert.That(() => Make([V], [values with { Slot = 0 }]), Throws.ArgumentException);
        Assert.That(() => Make([V], [values with { Slot = 2 }]), Throws.ArgumentException);
        Assert.That(() => Make([V], [new(1, new double[3])]), Throws.ArgumentException);

        void Make(VariableInfo[] variables, ProgramConstant[] constants) =>
            _ = new CompiledProgram(layout, static (in _) => { }, 1, [.. variables], [.. constants]);
    }
}
