using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime.Tests.Running;

public sealed class ProgramBuilderTests
{
    [Test]
    public void Build_SlotsOfAllKinds_AreNumberedInOrderAndSized()
    {
        var program = Declare(ProgramLayout.CurrentAbi).Build(Shift, arenaBytes: 256, parallelism: 1, writesVariables: true);
        Assert.That(
            program.Layout.Slots.Select(static slot => (slot.Kind, slot.Name, slot.MaxBytes)),
            Is.EqualTo(new[]
            {
                (SlotKind.Input, "x", 128L), (SlotKind.Variable, "v", 8L), (SlotKind.Constant, "c", 8L), (SlotKind.Output, "y", 64L), (SlotKind.Arena, "", 128L),
            }));
        Assert.That(program.Layout.Scratch, Is.EqualTo(new[] { new ScratchLayout(128, 64) }));
        using var execution = new Execution(program);
        execution.Feed<float>("x", [1, 2]);
        execution.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new[] { 1f + 5 + 0.5f }));
    }

    [Test]
    public void Build_AnotherAbi_IsRefused() => Assert.That(
        Assert.Throws<GraphException>(() => Declare(ProgramLayout.CurrentAbi - 1).Build(Shift, 256, 1, false))!.Id, Is.EqualTo("GRC0441"));

    [Test]
    public void Build_PartsThatDoNotBelongTogether_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Empty().Input("x", DType.Float32, ProgramBuilder.Extent(1, 3)).Build(Shift, 0, 1, false), "no such symbol");
        Assert.Throws<ArgumentException>(() => Empty().Input("x", DType.Float32, ProgramBuilder.Extent(-1)).Build(Shift, 0, 1, false), "a negative extent");
        Assert.Throws<ArgumentException>(
            () => Empty().Input("x", DType.Float64, ProgramBuilder.Extent(long.MaxValue), ProgramBuilder.Extent(long.MaxValue)).Build(Shift, 0, 1, false), "2^126 elements");
        Assert.Throws<ArgumentException>(() => Empty().Arena(0, 64).Build(Shift, 0, 1, false), "beyond the arena");
        Assert.Throws<ArgumentException>(() => Empty().Constant("c", DType.Float32, new double[3], ProgramBuilder.Extent(2)).Build(Shift, 0, 1, false), "three values of two");
    }

    private static ProgramBuilder Empty() => new("p", ProgramLayout.CurrentAbi);

    private static ProgramBuilder Declare(int abi) => new ProgramBuilder("p", abi)
        .Symbol("batch", 16)
        .Input("x", DType.Float32, ProgramBuilder.Extent(2, 0))
        .Variable("v", DType.Float32, Init.Values(5f, 6f), isState: false, 2)
        .Constant("c", DType.Float32, new[] { 0.5, 0.25 }, ProgramBuilder.Extent(2))
        .Output("y", DType.Float32, ProgramBuilder.Extent(1), ProgramBuilder.Extent(1, 0))
        .Arena(0, 128)
        .Scratch(128, 64);

    // Of the first element: x + v + c.
    private static void Shift(in Worker w) => w.Float32(3) = w.Float32(0) + w.Float32(1) + w.Float32(2);
}
