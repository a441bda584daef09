using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="ILanes{T, TBits, TVector, TBitVector}"/> on 512-bit registers
/// of <see cref="float"/>.</summary>
internal readonly struct Lanes512Single : ILanes<float, int, Vector512<float>, Vector512<int>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> a, float b) => a + Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Subtract(Vector512<float> a, float b) => a - Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Subtract(float a, Vector512<float> b) => Vector512.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Multiply(Vector512<float> a, float b) => a * Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Divide(float a, Vector512<float> b) => Vector512.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, c)
            : Vec512.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Fma(Vector512<float> a, Vector512<float> b, float c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(c))
            : Vec512.Fma(a, b, Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Fma(Vector512<float> a, float b, Vector512<float> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, Vector512.Create(b), c)
            : Vec512.Fma(a, Vector512.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Fma(Vector512<float> a, float b, float c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, Vector512.Create(b), Vector512.Create(c))
            : Vec512.Fma(a, Vector512.Create(b), Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Scale(Vector512<float> a, Vector512<float> n) => Avx512F.Scale(a, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Abs(Vector512<float> a) => Vector512.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AtMost(Vector512<float> a, float limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector512.Create(limit);
        return !Avx512F.IsSupported ? Vector512.ConditionalSelect(Vector512.LessThan(bound, a), bound, a)
            : Avx512F.Min(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AtLeast(Vector512<float> a, float limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector512.Create(limit);
        return !Avx512F.IsSupported ? Vector512.ConditionalSelect(Vector512.GreaterThan(bound, a), bound, a)
            : Avx512F.Max(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> LessThan(Vector512<float> a, float b) => Vector512.LessThan(a, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> GreaterThan(Vector512<float> a, float b) => Vector512.GreaterThan(a, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Equal(Vector512<float> a, Vector512<float> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Equal(Vector512<float> a, float b) => Vector512.Equals(a, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Select(Vector512<float> mask, Vector512<float> yes, Vector512<float> no) =>
        Vector512.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Select(Vector512<float> mask, Vector512<float> yes, float no) =>
        Vector512.ConditionalSelect(mask, yes, Vector512.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Select(Vector512<float> mask, float yes, Vector512<float> no) =>
        Vector512.ConditionalSelect(mask, Vector512.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Select(Vector512<float> mask, float yes, float no) =>
        Vector512.ConditionalSelect(mask, Vector512.Create(yes), Vector512.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> And(Vector512<float> a, Vector512<float> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> And(Vector512<float> a, float b) => a & Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AndNot(Vector512<float> a, Vector512<float> b) => Vector512.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Or(Vector512<float> a, Vector512<float> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Or(Vector512<float> a, float b) => a | Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Xor(Vector512<float> a, float b) => a ^ Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> AsBits(Vector512<float> a) => a.AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AsReal(Vector512<int> a) => a.AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Add(Vector512<int> a, int b) => a + Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Subtract(Vector512<int> a, Vector512<int> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> And(Vector512<int> a, int b) => a & Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Or(Vector512<int> a, int b) => a | Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> ShiftLeft(Vector512<int> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> ShiftRight(Vector512<int> a, int count) => a >>> count;
}
