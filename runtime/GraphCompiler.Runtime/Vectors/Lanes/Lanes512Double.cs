using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="IDoubleLanes{TVector, TBitVector}"/> on 512-bit registers
/// of <see cref="double"/>.</summary>
internal readonly struct Lanes512Double : IDoubleLanes<Vector512<double>, Vector512<long>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Add(Vector512<double> a, double b) => a + Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Subtract(Vector512<double> a, double b) => a - Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Subtract(double a, Vector512<double> b) => Vector512.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Multiply(Vector512<double> a, double b) => a * Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Divide(double a, Vector512<double> b) => Vector512.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, c)
            : Vec512.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Fma(Vector512<double> a, Vector512<double> b, double c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(c))
            : Vec512.Fma(a, b, Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Fma(Vector512<double> a, double b, Vector512<double> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, Vector512.Create(b), c)
            : Vec512.Fma(a, Vector512.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Fma(Vector512<double> a, double b, double c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, Vector512.Create(b), Vector512.Create(c))
            : Vec512.Fma(a, Vector512.Create(b), Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> ProductError(Vector512<double> a, Vector512<double> b, Vector512<double> p) =>
        Vec512.ProductError(a, b, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Scale(Vector512<double> a, Vector512<double> n) => Avx512F.Scale(a, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Abs(Vector512<double> a) => Vector512.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Truncate(Vector512<double> a) => Vector512.Truncate(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> AtMost(Vector512<double> a, double limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector512.Create(limit);
        return !Avx512F.IsSupported ? Vector512.ConditionalSelect(Vector512.LessThan(bound, a), bound, a)
            : Avx512F.Min(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> AtLeast(Vector512<double> a, double limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector512.Create(limit);
        return !Avx512F.IsSupported ? Vector512.ConditionalSelect(Vector512.GreaterThan(bound, a), bound, a)
            : Avx512F.Max(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> LessThan(Vector512<double> a, double b) => Vector512.LessThan(a, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> GreaterThan(Vector512<double> a, double b) =>
        Vector512.GreaterThan(a, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Equal(Vector512<double> a, Vector512<double> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Equal(Vector512<double> a, double b) => Vector512.Equals(a, Vector512.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Select(Vector512<double> mask, Vector512<double> yes, Vector512<double> no) =>
        Vector512.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Select(Vector512<double> mask, Vector512<double> yes, double no) =>
        Vector512.ConditionalSelect(mask, yes, Vector512.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Select(Vector512<double> mask, double yes, Vector512<double> no) =>
        Vector512.ConditionalSelect(mask, Vector512.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Select(Vector512<double> mask, double yes, double no) =>
        Vector512.ConditionalSelect(mask, Vector512.Create(yes), Vector512.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> And(Vector512<double> a, Vector512<double> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> And(Vector512<double> a, double b) => a & Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> AndNot(Vector512<double> a, Vector512<double> b) => Vector512.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Or(Vector512<double> a, Vector512<double> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Or(Vector512<double> a, double b) => a | Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Xor(Vector512<double> a, double b) => a ^ Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> AsBits(Vector512<double> a) => a.AsInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> AsReal(Vector512<long> a) => a.AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Add(Vector512<long> a, long b) => a + Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Subtract(Vector512<long> a, Vector512<long> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> And(Vector512<long> a, long b) => a & Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Or(Vector512<long> a, long b) => a | Vector512.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> ShiftLeft(Vector512<long> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> ShiftRight(Vector512<long> a, int count) => a >>> count;
}
