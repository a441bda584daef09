using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="ILanes{T, TBits, TVector, TBitVector}"/> on 128-bit registers
/// of <see cref="float"/>.</summary>
internal readonly struct Lanes128Single : ILanes<float, int, Vector128<float>, Vector128<int>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Add(Vector128<float> a, float b) => a + Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Subtract(Vector128<float> a, float b) => a - Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Subtract(float a, Vector128<float> b) => Vector128.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Multiply(Vector128<float> a, float b) => a * Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Divide(float a, Vector128<float> b) => Vector128.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, c)
            : Vec128.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Fma(Vector128<float> a, Vector128<float> b, float c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, Vector128.Create(c))
            : Vec128.Fma(a, b, Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Fma(Vector128<float> a, float b, Vector128<float> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector128.Create(b), c)
            : Vec128.Fma(a, Vector128.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Fma(Vector128<float> a, float b, float c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector128.Create(b), Vector128.Create(c))
            : Vec128.Fma(a, Vector128.Create(b), Vector128.Create(c));

    public Vector128<float> Scale(Vector128<float> a, Vector128<float> n) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Abs(Vector128<float> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> AtMost(Vector128<float> a, float limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector128.Create(limit);
        return !Sse2.IsSupported ? Vector128.ConditionalSelect(Vector128.LessThan(bound, a), bound, a)
            : Sse.Min(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> AtLeast(Vector128<float> a, float limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector128.Create(limit);
        return !Sse2.IsSupported ? Vector128.ConditionalSelect(Vector128.GreaterThan(bound, a), bound, a)
            : Sse.Max(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> LessThan(Vector128<float> a, float b) => Vector128.LessThan(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> GreaterThan(Vector128<float> a, float b) => Vector128.GreaterThan(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Equal(Vector128<float> a, Vector128<float> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Equal(Vector128<float> a, float b) => Vector128.Equals(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Select(Vector128<float> mask, Vector128<float> yes, Vector128<float> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Select(Vector128<float> mask, Vector128<float> yes, float no) =>
        Vector128.ConditionalSelect(mask, yes, Vector128.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Select(Vector128<float> mask, float yes, Vector128<float> no) =>
        Vector128.ConditionalSelect(mask, Vector128.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Select(Vector128<float> mask, float yes, float no) =>
        Vector128.ConditionalSelect(mask, Vector128.Create(yes), Vector128.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> And(Vector128<float> a, Vector128<float> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> And(Vector128<float> a, float b) => a & Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> AndNot(Vector128<float> a, Vector128<float> b) => Vector128.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Or(Vector128<float> a, Vector128<float> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Or(Vector128<float> a, float b) => a | Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Xor(Vector128<float> a, float b) => a ^ Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> AsBits(Vector128<float> a) => a.AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> AsReal(Vector128<int> a) => a.AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Add(Vector128<int> a, int b) => a + Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Subtract(Vector128<int> a, Vector128<int> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> And(Vector128<int> a, int b) => a & Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Or(Vector128<int> a, int b) => a | Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> ShiftLeft(Vector128<int> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> ShiftRight(Vector128<int> a, int count) => a >>> count;
}
