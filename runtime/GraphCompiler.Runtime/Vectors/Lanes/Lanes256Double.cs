using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="IDoubleLanes{TVector, TBitVector}"/> on 256-bit registers
/// of <see cref="double"/>.</summary>
internal readonly struct Lanes256Double : IDoubleLanes<Vector256<double>, Vector256<long>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Add(Vector256<double> a, double b) => a + Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Subtract(Vector256<double> a, double b) => a - Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Subtract(double a, Vector256<double> b) => Vector256.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Multiply(Vector256<double> a, double b) => a * Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Divide(double a, Vector256<double> b) => Vector256.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, c)
            : Vec256.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Fma(Vector256<double> a, Vector256<double> b, double c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, b, Vector256.Create(c))
            : Vec256.Fma(a, b, Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Fma(Vector256<double> a, double b, Vector256<double> c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector256.Create(b), c)
            : Vec256.Fma(a, Vector256.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Fma(Vector256<double> a, double b, double c) =>
        X86Fma.IsSupported
            ? X86Fma.MultiplyAdd(a, Vector256.Create(b), Vector256.Create(c))
            : Vec256.Fma(a, Vector256.Create(b), Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> ProductError(Vector256<double> a, Vector256<double> b, Vector256<double> p) =>
        Vec256.ProductError(a, b, p);

    public Vector256<double> Scale(Vector256<double> a, Vector256<double> n) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Abs(Vector256<double> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Truncate(Vector256<double> a) => Vector256.Truncate(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> AtMost(Vector256<double> a, double limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector256.Create(limit);
        return !Avx.IsSupported ? Vector256.ConditionalSelect(Vector256.LessThan(bound, a), bound, a)
            : Avx.Min(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> AtLeast(Vector256<double> a, double limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector256.Create(limit);
        return !Avx.IsSupported ? Vector256.ConditionalSelect(Vector256.GreaterThan(bound, a), bound, a)
            : Avx.Max(bound, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> LessThan(Vector256<double> a, double b) => Vector256.LessThan(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> GreaterThan(Vector256<double> a, double b) =>
        Vector256.GreaterThan(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Equal(Vector256<double> a, Vector256<double> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Equal(Vector256<double> a, double b) => Vector256.Equals(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Select(Vector256<double> mask, Vector256<double> yes, Vector256<double> no) =>
        Vector256.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Select(Vector256<double> mask, Vector256<double> yes, double no) =>
        Vector256.ConditionalSelect(mask, yes, Vector256.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Select(Vector256<double> mask, double yes, Vector256<double> no) =>
        Vector256.ConditionalSelect(mask, Vector256.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Select(Vector256<double> mask, double yes, double no) =>
        Vector256.ConditionalSelect(mask, Vector256.Create(yes), Vector256.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> And(Vector256<double> a, Vector256<double> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> And(Vector256<double> a, double b) => a & Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> AndNot(Vector256<double> a, Vector256<double> b) => Vector256.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Or(Vector256<double> a, Vector256<double> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Or(Vector256<double> a, double b) => a | Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Xor(Vector256<double> a, double b) => a ^ Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> AsBits(Vector256<double> a) => a.AsInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> AsReal(Vector256<long> a) => a.AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> Add(Vector256<long> a, long b) => a + Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> Subtract(Vector256<long> a, Vector256<long> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> And(Vector256<long> a, long b) => a & Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> Or(Vector256<long> a, long b) => a | Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> ShiftLeft(Vector256<long> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> ShiftRight(Vector256<long> a, int count) => a >>> count;
}
