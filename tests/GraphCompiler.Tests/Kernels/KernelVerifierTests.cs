using GraphCompiler.Diagnostics;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Kernels;

/// <summary>Each kind of broken kernel IR is named.</summary>
public sealed class KernelVerifierTests
{
    private static readonly KernelBuffer X = new("x", DType.Float32, [8]);
    private static readonly KernelBuffer Flags = new("flags", DType.Bool, [8]);
    private static readonly Axis I = new("i", 8);
    private static readonly Local A = new("a", DType.Float32);

    private static LoadExpr LoadX => new(At(X, I));

    [Test]
    public void Verify_SoundKernel_Passes() => Assert.That(() => Verify(Loop(new LetStatement(A, LoadX), Store(X, new LocalExpr(A)))), Throws.Nothing);

    [Test]
    public void Verify_LocalBeforeItsDefinition_IsNamed() => AssertBroken("local a is used before it is defined", Loop(Store(X, new LocalExpr(A)), new LetStatement(A, LoadX)));

    [Test]
    public void Verify_LocalOfAnInnerBlock_IsNotSeenOutside() =>
        AssertBroken("local a is used before it is defined", Loop(new IfStatement(new ConstantExpr(DType.Bool, 1), [new LetStatement(A, LoadX)]), Store(X, new LocalExpr(A))));

    [Test]
    public void Verify_LocalDefinedTwice_IsNamed() => AssertBroken("local a is defined twice", Loop(new LetStatement(A, LoadX), new LetStatement(A, LoadX)));

    [Test]
    public void Verify_AxisOutsideOfItsLoop_IsNamed() => AssertBroken("axis i<8> is used outside of its loop", Store(X, new ConstantExpr(DType.Float32, 0)));

    [Test]
    public void Verify_AxisCountedTwice_IsNamed() => AssertBroken("axis i<8> is counted by two loops", Loop(new ForStatement(I, LoopKind.Serial, [])));

    [Test]
    public void Verify_UndeclaredBuffer_IsNamed() =>
        AssertBroken("is no parameter", Loop(Store(new KernelBuffer("y", DType.Float32, [8]), LoadX)));

    [Test]
    public void Verify_OperandsOfTwoTypes_AreNamed() =>
        AssertBroken("Add takes float32, not int32", Loop(Store(X, LoadX + new ConstantExpr(DType.Int32, 1))));

    [Test]
    public void Verify_LogicOfNumbers_IsNamed() => AssertBroken("And of float32", Loop(Store(Flags, new BinaryExpr(BinaryMachineOp.And, LoadX, LoadX))));

    [Test]
    public void Verify_StoreOfAnotherType_IsNamed() => AssertBroken("a store to flags takes bool, not float32", Loop(Store(Flags, LoadX)));

    [Test]
    public void Verify_IndexThatIsNoInteger_IsNamed() =>
        AssertBroken("an index into x takes int32, not float32", Loop(Store(X, new LoadExpr(new Access(X, [], ImmutableSum.Zero, LoadX, 1)))));

    [Test]
    public void Verify_BarrierInALoop_IsNamed() => AssertBroken("a barrier stands at top level only", Loop(new BarrierStatement()));

    [Test]
    public void Verify_SplitLoopWithinALoop_IsNamed() =>
        AssertBroken("only loops at top level are split", Loop(new ForStatement(new Axis("j", 2), LoopKind.Parallel, [])));

    [Test]
    public void Verify_AccumulatorFedOutside_IsNamed() =>
        AssertBroken("is fed outside of its reduction", Loop(new AccumulateStatement(new Accumulator(A, new Local("t", DType.Float32), Combine.Sum, 8), LoadX)));

    [Test]
    public void Verify_AssignmentToALocal_IsNamed() =>
        AssertBroken("is assigned and no variable", Loop(new LetStatement(A, LoadX), new AssignStatement(A, LoadX)));

    private static Access At(KernelBuffer buffer, Axis axis) => new(buffer, [(axis, 1)], ImmutableSum.Zero);

    private static StoreStatement Store(KernelBuffer buffer, KernelExpr value) => new(At(buffer, I), value);

    private static ForStatement Loop(params KernelStatement[] body) => new(I, LoopKind.Serial, [.. body]);

    private static void Verify(params KernelStatement[] statements)
    {
        var tensor = new Graph().Input("x", [8]);
        KernelVerifier.Verify(new Kernel("k", [(X, tensor), (Flags, tensor)], [.. statements], 0, false, []));
    }

    private static void AssertBroken(string message, KernelStatement statement) =>
        Assert.That(() => Verify(statement), Throws.TypeOf<InternalCompilerException>().With.Message.Contains(message));
}
