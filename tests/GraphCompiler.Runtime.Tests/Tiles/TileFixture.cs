using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>What the tile tests share: guarded operands, data, and the sum that defines a tile's bits.</summary>
public abstract class TileFixture<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    protected const int Bytes = 1 << 18;

    protected static readonly int[] Lengths = [.. Enumerable.Range(0, 41), 63, 64, 65, 100, 257];

    protected TileGuard A { get; } = new(Bytes);

    protected TileGuard B { get; } = new(Bytes);

    protected TileGuard C { get; } = new(Bytes);

    [OneTimeSetUp]
    public void RequireTarget() => Assume.That(TTile.IsSupported, "this machine lacks the target");

    [OneTimeTearDown]
    public void Release()
    {
        A.Dispose();
        B.Dispose();
        C.Dispose();
    }

    /// <summary>Values in [-1, 1), all of them different bits from what a wrong address would bring.</summary>
    protected static void Fill(Span<T> values, int seed)
    {
        var random = new System.Random(seed);
        foreach (ref T value in values)
        {
            value = T.CreateTruncating((random.NextDouble() * 2) - 1);
        }
    }

    /// <summary>a·b + c as the target rounds it.</summary>
    protected static T MultiplyAdd(T a, T b, T c) =>
        Fma.IsSupported || AdvSimd.Arm64.IsSupported ? T.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>Same bits, or both NaN: which operand's payload survives is the register allocator's choice.</summary>
    protected static bool SameBits(T x, T y) => T.IsNaN(x) ? T.IsNaN(y) : x == y && T.IsNegative(x) == T.IsNegative(y);
}
