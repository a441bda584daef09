using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>Both targets on the same operands, in which zeros of both signs, infinities, NaN and subnormals are
/// common.</summary>
[TestFixture(typeof(float), typeof(TileTargets.Float32On256), typeof(TileTargets.Float32On128))]
[TestFixture(typeof(double), typeof(TileTargets.Float64On256), typeof(TileTargets.Float64On128))]
public sealed class TargetBitsTests<T, TWide, TNarrow>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TWide : struct, IDotTile<T>
    where TNarrow : struct, IDotTile<T>
{
    private const int Rows = 6, Length = 4096;

    private static readonly T[] Special =
        [T.Zero, T.NegativeZero, T.Epsilon, -T.Epsilon, T.PositiveInfinity, T.NegativeInfinity, T.NaN, T.One, -T.One];

    private readonly T[] _a = GC.AllocateArray<T>(Length, pinned: true), _b = GC.AllocateArray<T>(Length, pinned: true);
    private readonly T[] _wide = GC.AllocateArray<T>(Length, pinned: true);
    private readonly T[] _narrow = GC.AllocateArray<T>(Length, pinned: true);

    [OneTimeSetUp]
    public void RequireBoth() => Assume.That(TWide.IsSupported && Fma.IsSupported, "this machine lacks the target");

    [Test]
    public void Tiles_SpecialValues_AgreeBitForBit([Range(0, 40)] int k, [Values(0.0, 0.02, 0.5)] double rate)
    {
        FillAll(k, rate);
        int columns = TWide.Columns;
        TWide.Packed(ref _a[0], ref _b[0], k, ref _wide[0], columns, accumulate: true);
        TNarrow.Packed(ref _a[0], ref _b[0], k, ref _narrow[0], columns, accumulate: true);
        AssertSame("packed");
        for (int rows = 1; rows <= Rows; rows++)
        {
            int valid = 1 + ((k + rows) % columns);
            TWide.Strided(ref _a[0], 41, 1, rows, ref _b[0], 19, valid, k, ref _wide[0], columns, accumulate: false);
            TNarrow.Strided(
                ref _a[0], 41, 1, rows, ref _b[0], 19, valid, k, ref _narrow[0], columns, accumulate: false);
            for (int at = 0; at < Rows * columns; at++)
            {
                // Outside the valid part the two may differ.
                bool inside = at / columns < rows && at % columns < valid;
                (_wide[at], _narrow[at]) = inside ? (_wide[at], _narrow[at]) : (T.Zero, T.Zero);
            }

            AssertSame($"strided, {rows} rows, {valid} columns");
        }
    }

    [Test]
    public void Dot_SpecialValues_AgreesBitForBit([Range(0, 100)] int k, [Values(0.0, 0.02, 0.5)] double rate)
    {
        FillAll(k, rate);
        _wide[0] = TWide.Dot(ref _a[0], ref _b[0], k);
        _narrow[0] = TNarrow.Dot(ref _a[0], ref _b[0], k);
        AssertSame("dot");
    }

    [Test]
    public void Packing_SpecialValues_AgreesBitForBit([Range(1, 20)] int extent, [Values(1, 7, 16, 33)] int k)
    {
        FillAll(extent, 0.1);
        foreach ((int stride, int kStride) in ((int, int)[])[(k, 1), (1, extent), (2, 40)])
        {
            TWide.PackRows(ref _a[0], stride, kStride, extent, k, ref _wide[0]);
            TNarrow.PackRows(ref _a[0], stride, kStride, extent, k, ref _narrow[0]);
            AssertSame("rows");
            TWide.PackColumns(ref _a[0], kStride, stride, k, extent, ref _wide[0]);
            TNarrow.PackColumns(ref _a[0], kStride, stride, k, extent, ref _narrow[0]);
            AssertSame("columns");
        }
    }

    private void FillAll(int seed, double rate)
    {
        var random = new System.Random(seed);
        foreach (T[] values in (T[][])[_a, _b, _wide])
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.NextDouble() < rate
                    ? Special[random.Next(Special.Length)]
                    : T.CreateTruncating((random.NextDouble() * 2) - 1);
            }
        }

        _wide.CopyTo(_narrow, 0);
    }

    private void AssertSame(string what)
    {
        for (int i = 0; i < Length; i++)
        {
            (T x, T y) = (_wide[i], _narrow[i]);
            bool same = T.IsNaN(x) ? T.IsNaN(y) : x == y && T.IsNegative(x) == T.IsNegative(y);
            if (!same)
            {
                Assert.Fail($"{what}, element {i}: {x} on 256 bits, {y} on 128");
            }
        }
    }
}
