using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>The operations of <see cref="ILanes{T, TBits, TVector, TBitVector}"/> on 128-bit registers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TBits"><see cref="int"/> or <see cref="long"/> accordingly.</typeparam>
internal readonly struct Lanes128<T, TBits> : ILanes<T, TBits, Vector128<T>, Vector128<TBits>>
    where T : struct
    where TBits : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, T b) => a + Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> a, T b) => a - Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(T a, Vector128<T> b) => Vector128.Create(a) - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, T b) => a * Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(T a, Vector128<T> b) => Vector128.Create(a) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma(Vector128<T> a, Vector128<T> b, Vector128<T> c) =>
        typeof(T) == typeof(float)
            ? Vec128.Fma(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vec128.Fma(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma(Vector128<T> a, Vector128<T> b, T c) => Fma(a, b, Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma(Vector128<T> a, T b, Vector128<T> c) => Fma(a, Vector128.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma(Vector128<T> a, T b, T c) => Fma(a, Vector128.Create(b), Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ProductError(Vector128<T> a, Vector128<T> b, Vector128<T> p) =>
        Vec128.ProductError(a.AsDouble(), b.AsDouble(), p.AsDouble()).As<double, T>();

    public static bool HasScale => false;

    public static Vector128<T> Scale(Vector128<T> a, Vector128<T> n) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Truncate(Vector128<T> a) =>
        typeof(T) == typeof(float)
            ? Vector128.Truncate(a.AsSingle()).As<float, T>()
            : Vector128.Truncate(a.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtMost(Vector128<T> a, T limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector128.Create(limit);
        return !Sse2.IsSupported ? Vector128.ConditionalSelect(Vector128.LessThan(bound, a), bound, a)
            : typeof(T) == typeof(float) ? Sse.Min(bound.AsSingle(), a.AsSingle()).As<float, T>()
            : Sse2.Min(bound.AsDouble(), a.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtLeast(Vector128<T> a, T limit)
    {
        // The instruction answers with its second operand when either is NaN.
        var bound = Vector128.Create(limit);
        return !Sse2.IsSupported ? Vector128.ConditionalSelect(Vector128.GreaterThan(bound, a), bound, a)
            : typeof(T) == typeof(float) ? Sse.Max(bound.AsSingle(), a.AsSingle()).As<float, T>()
            : Sse2.Max(bound.AsDouble(), a.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LessThan(Vector128<T> a, T b) => Vector128.LessThan(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> GreaterThan(Vector128<T> a, T b) => Vector128.GreaterThan(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Equal(Vector128<T> a, Vector128<T> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Equal(Vector128<T> a, T b) => Vector128.Equals(a, Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> yes, Vector128<T> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> yes, T no) =>
        Vector128.ConditionalSelect(mask, yes, Vector128.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, T yes, Vector128<T> no) =>
        Vector128.ConditionalSelect(mask, Vector128.Create(yes), no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, T yes, T no) =>
        Vector128.ConditionalSelect(mask, Vector128.Create(yes), Vector128.Create(no));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> And(Vector128<T> a, Vector128<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> And(Vector128<T> a, T b) => a & Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AndNot(Vector128<T> a, Vector128<T> b) => Vector128.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Or(Vector128<T> a, Vector128<T> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Or(Vector128<T> a, T b) => a | Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Xor(Vector128<T> a, Vector128<T> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> AsBits(Vector128<T> a) => a.As<T, TBits>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AsReal(Vector128<TBits> a) => a.As<TBits, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> Add(Vector128<TBits> a, TBits b) => a + Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> Subtract(Vector128<TBits> a, Vector128<TBits> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> And(Vector128<TBits> a, TBits b) => a & Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> Or(Vector128<TBits> a, TBits b) => a | Vector128.Create(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> ShiftLeft(Vector128<TBits> a, int count) => a << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TBits> ShiftRight(Vector128<TBits> a, int count) => a >>> count;
}
