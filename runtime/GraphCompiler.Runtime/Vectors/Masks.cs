using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>Reads 8 truth values, a byte each, as a mask of 8 lanes.</summary>
    /// <param name="source">The first byte; any alignment.</param>
    /// <returns>−1 where the byte is not 0, 0 where it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadMask(ref readonly byte source) =>
        ExpandMask(Unsafe.ReadUnaligned<ulong>(in source));

    /// <summary>Writes a mask of 8 lanes as 8 truth values, a byte each.</summary>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <param name="destination">The first byte; any alignment. Becomes 0 or 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(Vector256<int> mask, ref byte destination) =>
        Unsafe.WriteUnaligned(ref destination, CompressMask(mask));

    /// <summary>Reads the first truth values of a vector, at the end of a row.</summary>
    /// <param name="source">The first byte; any alignment.</param>
    /// <param name="count">How many to read: none if it is not positive, 8 if it is above 8. No byte past them is
    /// touched.</param>
    /// <returns>As <see cref="LoadMask"/>; 0 in the lanes from <paramref name="count"/> on.</returns>
    public static Vector256<int> LoadMaskPartial(ref readonly byte source, nint count) =>
        ExpandMask(PartialMemory.ReadBytes(in source, count));

    /// <summary>Writes the first truth values of a vector, at the end of a row.</summary>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <param name="destination">The first byte; any alignment.</param>
    /// <param name="count">How many to write: none if it is not positive, 8 if it is above 8. No byte past them is
    /// touched.</param>
    public static void StoreMaskPartial(Vector256<int> mask, ref byte destination, nint count) =>
        PartialMemory.WriteBytes(CompressMask(mask), ref destination, nint.Min(count, 8));

    /// <summary>Whether any lane of a mask is set.</summary>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <returns>False if all are 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector256<int> mask) => mask != Vector256<int>.Zero;

    /// <summary>Whether all lanes of a mask are set.</summary>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <returns>True if none is 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vector256<int> mask) => mask == Vector256<int>.AllBitsSet;

    /// <summary>Widens lanes 0 to 3 of a mask to the size of a <see cref="double"/>.</summary>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <returns>The same truth values, in lanes of 64 bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> WidenLow(Vector256<int> mask) => Vector256.WidenLower(mask);

    /// <summary>Widens lanes 4 to 7 of a mask to the size of a <see cref="double"/>.</summary>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <returns>The same truth values, in lanes of 64 bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> WidenHigh(Vector256<int> mask) => Vector256.WidenUpper(mask);

    /// <summary>Narrows two masks of <see cref="double"/> lanes to one of 32-bit lanes.</summary>
    /// <param name="lo">Elements 0 to 3, 0 or −1 each.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    /// <returns>The same truth values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Narrow(Vector256<long> lo, Vector256<long> hi) => Vector256.Narrow(lo, hi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ExpandMask(ulong bytes)
    {
        var packed = Vector128.CreateScalarUnsafe(bytes).AsByte();
        var wide = Avx2.IsSupported
            ? Avx2.ConvertToVector256Int32(packed)
            : Vector256.WidenLower(Vector256.WidenLower(packed.ToVector256Unsafe())).AsInt32();
        return Vector256.GreaterThan(wide, Vector256<int>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong CompressMask(Vector256<int> mask) =>
        Vec128.CompressMask(mask.GetLower(), mask.GetUpper()).AsUInt64().ToScalar();
}

public static partial class Vec512
{
    /// <summary>Reads 16 truth values, a byte each, as a mask of 16 lanes.</summary>
    /// <inheritdoc cref="Vec256.LoadMask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadMask(ref readonly byte source) =>
        Avx512F.IsSupported
            ? Vector512.GreaterThan(
                Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(in source)), Vector512<int>.Zero)
            : Vector512.Create(
                Vec256.LoadMask(in source), Vec256.LoadMask(in Unsafe.Add(ref Unsafe.AsRef(in source), 8)));

    /// <summary>Writes a mask of 16 lanes as 16 truth values, a byte each.</summary>
    /// <inheritdoc cref="Vec256.StoreMask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(Vector512<int> mask, ref byte destination)
    {
        if (Avx512F.IsSupported)
        {
            (Avx512F.ConvertToVector128Byte(mask) & Vector128<byte>.One).StoreUnsafe(ref destination);
            return;
        }

        Vec256.StoreMask(mask.GetLower(), ref destination);
        Vec256.StoreMask(mask.GetUpper(), ref Unsafe.Add(ref destination, 8));
    }

    /// <inheritdoc cref="Vec256.LoadMaskPartial"/>
    /// <param name="source">The first byte; any alignment.</param>
    /// <param name="count">How many to read: none if it is not positive, 16 if it is above 16.</param>
    public static Vector512<int> LoadMaskPartial(ref readonly byte source, nint count)
    {
        count = nint.Clamp(count, 0, 16); // so that the difference below cannot wrap
        var low = Vec256.LoadMaskPartial(in source, count);
        return Vector512.Create(
            low, Vec256.LoadMaskPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 8), count - 8));
    }

    /// <inheritdoc cref="Vec256.StoreMaskPartial"/>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <param name="destination">The first byte; any alignment.</param>
    /// <param name="count">How many to write: none if it is not positive, 16 if it is above 16.</param>
    public static void StoreMaskPartial(Vector512<int> mask, ref byte destination, nint count)
    {
        count = nint.Clamp(count, 0, 16);
        Vec256.StoreMaskPartial(mask.GetLower(), ref destination, count);
        Vec256.StoreMaskPartial(mask.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
    }

    /// <inheritdoc cref="Vec256.Any"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector512<int> mask) => mask != Vector512<int>.Zero;

    /// <inheritdoc cref="Vec256.All"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vector512<int> mask) => mask == Vector512<int>.AllBitsSet;

    /// <summary>Widens lanes 0 to 7 of a mask to the size of a <see cref="double"/>.</summary>
    /// <inheritdoc cref="Vec256.WidenLow"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> WidenLow(Vector512<int> mask) => Vector512.WidenLower(mask);

    /// <summary>Widens lanes 8 to 15 of a mask to the size of a <see cref="double"/>.</summary>
    /// <inheritdoc cref="Vec256.WidenHigh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> WidenHigh(Vector512<int> mask) => Vector512.WidenUpper(mask);

    /// <inheritdoc cref="Vec256.Narrow"/>
    /// <param name="lo">Elements 0 to 7, 0 or −1 each.</param>
    /// <param name="hi">Elements 8 to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Narrow(Vector512<long> lo, Vector512<long> hi) => Vector512.Narrow(lo, hi);
}

public static partial class Vec128
{
    /// <summary>Reads 4 truth values, a byte each, as a mask of 4 lanes.</summary>
    /// <inheritdoc cref="Vec256.LoadMask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadMask(ref readonly byte source) =>
        ExpandMask(Unsafe.ReadUnaligned<uint>(in source));

    /// <summary>Writes a mask of 4 lanes as 4 truth values, a byte each.</summary>
    /// <inheritdoc cref="Vec256.StoreMask"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(Vector128<int> mask, ref byte destination) =>
        Unsafe.WriteUnaligned(ref destination, CompressMask(mask, mask).AsUInt32().ToScalar());

    /// <inheritdoc cref="Vec256.LoadMaskPartial"/>
    /// <param name="source">The first byte; any alignment.</param>
    /// <param name="count">How many to read: none if it is not positive, 4 if it is above 4.</param>
    public static Vector128<int> LoadMaskPartial(ref readonly byte source, nint count) =>
        ExpandMask((uint)PartialMemory.ReadBytes(in source, nint.Min(count, 4)));

    /// <inheritdoc cref="Vec256.StoreMaskPartial"/>
    /// <param name="mask">0 or −1 in each lane.</param>
    /// <param name="destination">The first byte; any alignment.</param>
    /// <param name="count">How many to write: none if it is not positive, 4 if it is above 4.</param>
    public static void StoreMaskPartial(Vector128<int> mask, ref byte destination, nint count) =>
        PartialMemory.WriteBytes(
            CompressMask(mask, mask).AsUInt64().ToScalar(), ref destination, nint.Min(count, 4));

    /// <summary>Whether any of the 8 lanes of a mask is set.</summary>
    /// <param name="lo">Elements 0 to 3, 0 or −1 each.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    /// <returns>False if all are 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector128<int> lo, Vector128<int> hi) => (lo | hi) != Vector128<int>.Zero;

    /// <summary>Whether all of the 8 lanes of a mask are set.</summary>
    /// <param name="lo">Elements 0 to 3, 0 or −1 each.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    /// <returns>True if none is 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Vector128<int> lo, Vector128<int> hi) => (lo & hi) == Vector128<int>.AllBitsSet;

    /// <summary>Widens lanes 0 and 1 of a mask to the size of a <see cref="double"/>.</summary>
    /// <inheritdoc cref="Vec256.WidenLow"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> WidenLow(Vector128<int> mask) => Vector128.WidenLower(mask);

    /// <summary>Widens lanes 2 and 3 of a mask to the size of a <see cref="double"/>.</summary>
    /// <inheritdoc cref="Vec256.WidenHigh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> WidenHigh(Vector128<int> mask) => Vector128.WidenUpper(mask);

    /// <inheritdoc cref="Vec256.Narrow"/>
    /// <param name="lo">Elements 0 and 1, 0 or −1 each.</param>
    /// <param name="hi">Elements 2 and 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Narrow(Vector128<long> lo, Vector128<long> hi) => Vector128.Narrow(lo, hi);

    /// <summary>Eight lanes of 0 or −1 as bytes of 0 or 1, in the low half of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<byte> CompressMask(Vector128<int> lo, Vector128<int> hi)
    {
        // Truncation and saturation agree on 0 and −1; x86 saturates in one instruction.
        var shorts = Sse2.IsSupported ? Sse2.PackSignedSaturate(lo, hi) : Vector128.Narrow(lo, hi);
        var bytes = Sse2.IsSupported ? Sse2.PackSignedSaturate(shorts, shorts) : Vector128.Narrow(shorts, shorts);
        return bytes.AsByte() & Vector128<byte>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> ExpandMask(uint bytes)
    {
        var packed = Vector128.CreateScalarUnsafe(bytes).AsByte();
        var wide = Vector128.WidenLower(Vector128.WidenLower(packed)).AsInt32();
        return Vector128.GreaterThan(wide, Vector128<int>.Zero);
    }
}
