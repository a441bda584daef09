using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="ILanes{T, TBits, TVector, TBitVector}"/> on 256-bit registers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TBits"><see cref="int"/> or <see cref="long"/> accordingly.</typeparam>
internal readonly struct Lanes256<T, TBits> : ILanes<T, TBits, Vector256<T>, Vector256<TBits>>
    where T : struct
    where TBits : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, T b) => a + Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, T b) => a - Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(T a, Vector256<T> b) => Vector256.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, T b) => a * Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(T a, Vector256<T> b) => Vector256.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float)
            ? Vec256.Fma(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vec256.Fma(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma(Vector256<T> a, Vector256<T> b, T c) => Fma(a, b, Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma(Vector256<T> a, T b, Vector256<T> c) => Fma(a, Vector256.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma(Vector256<T> a, T b, T c) => Fma(a, Vector256.Create(b), Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ProductError(Vector256<T> a, Vector256<T> b, Vector256<T> p) =>
        Vec256.ProductError(a.AsDouble(), b.AsDouble(), p.AsDouble()).As<double, T>();

    public static bool HasScale => false;

    public static Vector256<T> Scale(Vector256<T> a, Vector256<T> n) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Truncate(Vector256<T> a) =>
        typeof(T) == typeof(float)
            ? Vector256.Truncate(a.AsSingle()).As<float, T>()
            : Vector256.Truncate(a.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtMost(Vector256<T> a, T limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector256.Create(limit);
        return !Avx.IsSupported ? Vector256.ConditionalSelect(Vector256.LessThan(bound, a), bound, a)
            : typeof(T) == typeof(float) ? Avx.Min(bound.AsSingle(), a.AsSingle()).As<float, T>()
            : Avx.Min(bound.AsDouble(), a.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtLeast(Vector256<T> a, T limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector256.Create(limit);
        return !Avx.IsSupported ? Vector256.ConditionalSelect(Vector256.GreaterThan(bound, a), bound, a)
            : typeof(T) == typeof(float) ? Avx.Max(bound.AsSingle(), a.AsSingle()).As<float, T>()
            : Avx.Max(bound.AsDouble(), a.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LessThan(Vector256<T> a, T b) => Vector256.LessThan(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> GreaterThan(Vector256<T> a, T b) => Vector256.GreaterThan(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Equal(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Equal(Vector256<T> a, T b) => Vector256.Equals(a, Vector256.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> yes, Vector256<T> no) =>
        Vector256.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> yes, T no) =>
        Vector256.ConditionalSelect(mask, yes, Vector256.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, T yes, Vector256<T> no) =>
        Vector256.ConditionalSelect(mask, Vector256.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, T yes, T no) =>
        Vector256.ConditionalSelect(mask, Vector256.Create(yes), Vector256.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> a, Vector256<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> a, T b) => a & Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AndNot(Vector256<T> a, Vector256<T> b) => Vector256.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> a, Vector256<T> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> a, T b) => a | Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Xor(Vector256<T> a, Vector256<T> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> AsBits(Vector256<T> a) => a.As<T, TBits>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AsReal(Vector256<TBits> a) => a.As<TBits, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> Add(Vector256<TBits> a, TBits b) => a + Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> Subtract(Vector256<TBits> a, Vector256<TBits> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> And(Vector256<TBits> a, TBits b) => a & Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> Or(Vector256<TBits> a, TBits b) => a | Vector256.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> ShiftLeft(Vector256<TBits> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TBits> ShiftRight(Vector256<TBits> a, int count) => a >>> count;
}
