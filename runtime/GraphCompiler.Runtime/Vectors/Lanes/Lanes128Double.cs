using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="IDoubleLanes{TVector, TBitVector}"/> on 128-bit registers
/// of <see cref="double"/>.</summary>
internal readonly struct Lanes128Double : IDoubleLanes<Vector128<double>, Vector128<long>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Add(Vector128<double> a, double b) => a + Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Subtract(Vector128<double> a, Vector128<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Subtract(Vector128<double> a, double b) => a - Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Subtract(double a, Vector128<double> b) => Vector128.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Multiply(Vector128<double> a, double b) => a * Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Divide(Vector128<double> a, Vector128<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Divide(double a, Vector128<double> b) => Vector128.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Fma(Vector128<double> a, Vector128<double> b, Vector128<double> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, c)
            : Vec128.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Fma(Vector128<double> a, Vector128<double> b, double c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, Vector128.Create(c))
            : Vec128.Fma(a, b, Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Fma(Vector128<double> a, double b, Vector128<double> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector128.Create(b), c)
            : Vec128.Fma(a, Vector128.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Fma(Vector128<double> a, double b, double c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector128.Create(b), Vector128.Create(c))
            : Vec128.Fma(a, Vector128.Create(b), Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> ProductError(Vector128<double> a, Vector128<double> b, Vector128<double> p) =>
        Vec128.ProductError(a, b, p);

    public Vector128<double> Scale(Vector128<double> a, Vector128<double> n) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Abs(Vector128<double> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Truncate(Vector128<double> a) => Vector128.Truncate(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> AtMost(Vector128<double> a, double limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector128.Create(limit);
        return !Sse2.IsSupported ? Vector128.ConditionalSelect(Vector128.LessThan(bound, a), bound, a)
            : Sse2.Min(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> AtLeast(Vector128<double> a, double limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector128.Create(limit);
        return !Sse2.IsSupported ? Vector128.ConditionalSelect(Vector128.GreaterThan(bound, a), bound, a)
            : Sse2.Max(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> LessThan(Vector128<double> a, double b) => Vector128.LessThan(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> GreaterThan(Vector128<double> a, double b) =>
        Vector128.GreaterThan(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Equal(Vector128<double> a, Vector128<double> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Equal(Vector128<double> a, double b) => Vector128.Equals(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Select(Vector128<double> mask, Vector128<double> yes, Vector128<double> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Select(Vector128<double> mask, Vector128<double> yes, double no) =>
        Vector128.ConditionalSelect(mask, yes, Vector128.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Select(Vector128<double> mask, double yes, Vector128<double> no) =>
        Vector128.ConditionalSelect(mask, Vector128.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Select(Vector128<double> mask, double yes, double no) =>
        Vector128.ConditionalSelect(mask, Vector128.Create(yes), Vector128.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> And(Vector128<double> a, Vector128<double> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> And(Vector128<double> a, double b) => a & Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> AndNot(Vector128<double> a, Vector128<double> b) => Vector128.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Or(Vector128<double> a, Vector128<double> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Or(Vector128<double> a, double b) => a | Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Xor(Vector128<double> a, double b) => a ^ Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> AsBits(Vector128<double> a) => a.AsInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> AsReal(Vector128<long> a) => a.AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> Add(Vector128<long> a, long b) => a + Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> Subtract(Vector128<long> a, Vector128<long> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> And(Vector128<long> a, long b) => a & Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> Or(Vector128<long> a, long b) => a | Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> ShiftLeft(Vector128<long> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> ShiftRight(Vector128<long> a, int count) => a >>> count;
}
