using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Elements 0 to 3 as <see cref="double"/>.</summary>
    /// <param name="v">Elements 0 to 7.</param>
    /// <returns>Exact; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDoubleLow(Vector256<float> v) => Vector256.WidenLower(v);

    /// <summary>Elements 4 to 7 as <see cref="double"/>.</summary>
    /// <param name="v">Elements 0 to 7.</param>
    /// <returns>Exact; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDoubleHigh(Vector256<float> v) => Vector256.WidenUpper(v);

    /// <inheritdoc cref="ToDoubleLow(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDoubleLow(Vector256<int> v) =>
        Avx.IsSupported
            ? Avx.ConvertToVector256Double(v.GetLower())
            : Vector256.ConvertToDouble(Vector256.WidenLower(v));

    /// <inheritdoc cref="ToDoubleHigh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDoubleHigh(Vector256<int> v) =>
        Avx.IsSupported
            ? Avx.ConvertToVector256Double(v.GetUpper())
            : Vector256.ConvertToDouble(Vector256.WidenUpper(v));

    /// <summary>Eight <see cref="double"/> elements as <see cref="float"/>.</summary>
    /// <param name="lo">Elements 0 to 3.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    /// <returns>Rounded to nearest, ties to even; ±∞ beyond the range, subnormal below it; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<double> lo, Vector256<double> hi) => Vector256.Narrow(lo, hi);

    /// <summary>Integers as <see cref="float"/>.</summary>
    /// <param name="v">Elements 0 to 7.</param>
    /// <returns>Rounded to nearest, ties to even.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<int> v) => Vector256.ConvertToSingle(v);

    /// <summary>Reals as <see cref="int"/>, truncated toward zero.</summary>
    /// <param name="v">Elements 0 to 7.</param>
    /// <returns>Saturated: <see cref="int.MinValue"/> and <see cref="int.MaxValue"/> stand for all that lies beyond
    /// them; 0 for NaN. As C#'s unchecked conversion does since .NET 9.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector256<float> v) => Vector256.ConvertToInt32(v);

    /// <inheritdoc cref="ToInt32(Vector256{float})"/>
    /// <param name="lo">Elements 0 to 3.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector256<double> lo, Vector256<double> hi)
    {
        lo = InInt32Range(lo);
        hi = InInt32Range(hi);
        return Avx.IsSupported
            ? Vector256.Create(
                Avx.ConvertToVector128Int32WithTruncation(lo), Avx.ConvertToVector128Int32WithTruncation(hi))
            : Vector256.Narrow(Vector256.ConvertToInt64(lo), Vector256.ConvertToInt64(hi));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> InInt32Range(Vector256<double> v)
    {
        v &= Vector256.Equals(v, v); // NaN becomes 0
        v = default(Lanes256Double).AtLeast(v, int.MinValue);
        return default(Lanes256Double).AtMost(v, int.MaxValue);
    }
}

public static partial class Vec512
{
    /// <summary>Elements 0 to 7 as <see cref="double"/>.</summary>
    /// <param name="v">Elements 0 to 15.</param>
    /// <returns>Exact; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDoubleLow(Vector512<float> v) => Vector512.WidenLower(v);

    /// <summary>Elements 8 to 15 as <see cref="double"/>.</summary>
    /// <param name="v">Elements 0 to 15.</param>
    /// <returns>Exact; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDoubleHigh(Vector512<float> v) => Vector512.WidenUpper(v);

    /// <inheritdoc cref="ToDoubleLow(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDoubleLow(Vector512<int> v) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Double(v.GetLower())
            : Vector512.ConvertToDouble(Vector512.WidenLower(v));

    /// <inheritdoc cref="ToDoubleHigh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDoubleHigh(Vector512<int> v) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Double(v.GetUpper())
            : Vector512.ConvertToDouble(Vector512.WidenUpper(v));

    /// <inheritdoc cref="Vec256.ToSingle(Vector256{double}, Vector256{double})"/>
    /// <param name="lo">Elements 0 to 7.</param>
    /// <param name="hi">Elements 8 to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector512<double> lo, Vector512<double> hi) => Vector512.Narrow(lo, hi);

    /// <inheritdoc cref="Vec256.ToSingle(Vector256{int})"/>
    /// <param name="v">Elements 0 to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector512<int> v) => Vector512.ConvertToSingle(v);

    /// <inheritdoc cref="Vec256.ToInt32(Vector256{float})"/>
    /// <param name="v">Elements 0 to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ToInt32(Vector512<float> v) => Vector512.ConvertToInt32(v);

    /// <inheritdoc cref="Vec256.ToInt32(Vector256{float})"/>
    /// <param name="lo">Elements 0 to 7.</param>
    /// <param name="hi">Elements 8 to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ToInt32(Vector512<double> lo, Vector512<double> hi)
    {
        lo = InInt32Range(lo);
        hi = InInt32Range(hi);
        return Avx512F.IsSupported
            ? Vector512.Create(
                Avx512F.ConvertToVector256Int32WithTruncation(lo), Avx512F.ConvertToVector256Int32WithTruncation(hi))
            : Vector512.Narrow(Vector512.ConvertToInt64(lo), Vector512.ConvertToInt64(hi));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> InInt32Range(Vector512<double> v)
    {
        v &= Vector512.Equals(v, v); // NaN becomes 0
        v = default(Lanes512Double).AtLeast(v, int.MinValue);
        return default(Lanes512Double).AtMost(v, int.MaxValue);
    }
}

public static partial class Vec128
{
    /// <summary>Elements 0 and 1 as <see cref="double"/>.</summary>
    /// <param name="v">Elements 0 to 3.</param>
    /// <returns>Exact; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDoubleLow(Vector128<float> v) => Vector128.WidenLower(v);

    /// <summary>Elements 2 and 3 as <see cref="double"/>.</summary>
    /// <param name="v">Elements 0 to 3.</param>
    /// <returns>Exact; NaN stays NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDoubleHigh(Vector128<float> v) => Vector128.WidenUpper(v);

    /// <inheritdoc cref="ToDoubleLow(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDoubleLow(Vector128<int> v) =>
        Sse2.IsSupported
            ? Sse2.ConvertToVector128Double(v)
            : Vector128.ConvertToDouble(Vector128.WidenLower(v));

    /// <inheritdoc cref="ToDoubleHigh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDoubleHigh(Vector128<int> v) =>
        Sse2.IsSupported
            ? Sse2.ConvertToVector128Double(Vector128.Shuffle(v, Vector128.Create(2, 3, 2, 3)))
            : Vector128.ConvertToDouble(Vector128.WidenUpper(v));

    /// <inheritdoc cref="Vec256.ToSingle(Vector256{double}, Vector256{double})"/>
    /// <param name="lo">Elements 0 and 1.</param>
    /// <param name="hi">Elements 2 and 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<double> lo, Vector128<double> hi) => Vector128.Narrow(lo, hi);

    /// <inheritdoc cref="Vec256.ToSingle(Vector256{int})"/>
    /// <param name="v">Elements 0 to 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<int> v) => Vector128.ConvertToSingle(v);

    /// <inheritdoc cref="Vec256.ToInt32(Vector256{float})"/>
    /// <param name="v">Elements 0 to 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector128<float> v) => Vector128.ConvertToInt32(v);

    /// <inheritdoc cref="Vec256.ToInt32(Vector256{float})"/>
    /// <param name="lo">Elements 0 and 1.</param>
    /// <param name="hi">Elements 2 and 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector128<double> lo, Vector128<double> hi)
    {
        lo = InInt32Range(lo);
        hi = InInt32Range(hi);
        return Sse2.IsSupported
            ? Sse2.UnpackLow(
                Sse2.ConvertToVector128Int32WithTruncation(lo).AsInt64(),
                Sse2.ConvertToVector128Int32WithTruncation(hi).AsInt64()).AsInt32()
            : Vector128.Narrow(Vector128.ConvertToInt64(lo), Vector128.ConvertToInt64(hi));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InInt32Range(Vector128<double> v)
    {
        v &= Vector128.Equals(v, v); // NaN becomes 0
        v = default(Lanes128Double).AtLeast(v, int.MinValue);
        return default(Lanes128Double).AtMost(v, int.MaxValue);
    }
}

public static partial class Scalar
{
    /// <inheritdoc cref="Vec256.ToInt32(Vector256{float})"/>
    /// <param name="x">Any value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(float x) => unchecked((int)x);

    /// <inheritdoc cref="Vec256.ToInt32(Vector256{float})"/>
    /// <param name="x">Any value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(double x) => unchecked((int)x);
}
