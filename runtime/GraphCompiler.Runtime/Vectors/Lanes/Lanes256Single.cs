using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="ILanes{T, TBits, TVector, TBitVector}"/> on 256-bit registers
/// of <see cref="float"/>.</summary>
internal readonly struct Lanes256Single : ILanes<float, int, Vector256<float>, Vector256<int>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Add(Vector256<float> a, float b) => a + Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Subtract(Vector256<float> a, float b) => a - Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Subtract(float a, Vector256<float> b) => Vector256.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Multiply(Vector256<float> a, float b) => a * Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Divide(float a, Vector256<float> b) => Vector256.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, c)
            : Vec256.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Fma(Vector256<float> a, Vector256<float> b, float c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, Vector256.Create(c))
            : Vec256.Fma(a, b, Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Fma(Vector256<float> a, float b, Vector256<float> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector256.Create(b), c)
            : Vec256.Fma(a, Vector256.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Fma(Vector256<float> a, float b, float c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector256.Create(b), Vector256.Create(c))
            : Vec256.Fma(a, Vector256.Create(b), Vector256.Create(c));

    public Vector256<float> Scale(Vector256<float> a, Vector256<float> n) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Abs(Vector256<float> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> AtMost(Vector256<float> a, float limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector256.Create(limit);
        return !Avx.IsSupported ? Vector256.ConditionalSelect(Vector256.LessThan(bound, a), bound, a)
            : Avx.Min(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> AtLeast(Vector256<float> a, float limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector256.Create(limit);
        return !Avx.IsSupported ? Vector256.ConditionalSelect(Vector256.GreaterThan(bound, a), bound, a)
            : Avx.Max(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> LessThan(Vector256<float> a, float b) => Vector256.LessThan(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> GreaterThan(Vector256<float> a, float b) => Vector256.GreaterThan(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Equal(Vector256<float> a, Vector256<float> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Equal(Vector256<float> a, float b) => Vector256.Equals(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Select(Vector256<float> mask, Vector256<float> yes, Vector256<float> no) =>
        Vector256.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Select(Vector256<float> mask, Vector256<float> yes, float no) =>
        Vector256.ConditionalSelect(mask, yes, Vector256.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Select(Vector256<float> mask, float yes, Vector256<float> no) =>
        Vector256.ConditionalSelect(mask, Vector256.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Select(Vector256<float> mask, float yes, float no) =>
        Vector256.ConditionalSelect(mask, Vector256.Create(yes), Vector256.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> And(Vector256<float> a, Vector256<float> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> And(Vector256<float> a, float b) => a & Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> AndNot(Vector256<float> a, Vector256<float> b) => Vector256.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Or(Vector256<float> a, Vector256<float> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Or(Vector256<float> a, float b) => a | Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Xor(Vector256<float> a, float b) => a ^ Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> AsBits(Vector256<float> a) => a.AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> AsReal(Vector256<int> a) => a.AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Add(Vector256<int> a, int b) => a + Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Subtract(Vector256<int> a, Vector256<int> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> And(Vector256<int> a, int b) => a & Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Or(Vector256<int> a, int b) => a | Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> ShiftLeft(Vector256<int> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> ShiftRight(Vector256<int> a, int count) => a >>> count;
}
