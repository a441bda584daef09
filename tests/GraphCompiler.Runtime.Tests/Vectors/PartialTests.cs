using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

/// <summary>Partial reads and writes against the end of a page, at every count: a lane too many faults.</summary>
[TestFixture]
public sealed class PartialTests
{
    private static readonly nint[] Extremes = [nint.MinValue, unchecked((nint)0xFFFF_FFFF_0000_0007), nint.MaxValue];

    [Test]
    public void Single_EveryCount_TouchesNothingElse()
    {
        Check<float>(16, i => i + 0.5f,
            (ref float s, nint n, Span<float> to) => Vec512.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec512.StorePartial(Vector512.Create(from), ref d, n));
        Check<float>(8, i => i + 0.5f,
            (ref float s, nint n, Span<float> to) => Vec256.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec256.StorePartial(Vector256.Create(from), ref d, n));
        Check<float>(4, i => i + 0.5f,
            (ref float s, nint n, Span<float> to) => Vec128.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec128.StorePartial(Vector128.Create(from), ref d, n));
    }

    [Test]
    public void Double_EveryCount_TouchesNothingElse()
    {
        Check<double>(8, i => i + 0.5,
            (ref double s, nint n, Span<double> to) => Vec512.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec512.StorePartial(Vector512.Create(from), ref d, n));
        Check<double>(4, i => i + 0.5,
            (ref double s, nint n, Span<double> to) => Vec256.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec256.StorePartial(Vector256.Create(from), ref d, n));
        Check<double>(2, i => i + 0.5,
            (ref double s, nint n, Span<double> to) => Vec128.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec128.StorePartial(Vector128.Create(from), ref d, n));
    }

    [Test]
    public void Int32_EveryCount_TouchesNothingElse()
    {
        Check<int>(16, i => ~i,
            (ref int s, nint n, Span<int> to) => Vec512.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec512.StorePartial(Vector512.Create(from), ref d, n));
        Check<int>(8, i => ~i,
            (ref int s, nint n, Span<int> to) => Vec256.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec256.StorePartial(Vector256.Create(from), ref d, n));
        Check<int>(4, i => ~i,
            (ref int s, nint n, Span<int> to) => Vec128.LoadPartial(ref s, n).CopyTo(to),
            (from, ref d, n) => Vec128.StorePartial(Vector128.Create(from), ref d, n));
    }

    [Test]
    public void Mask_EveryCount_TouchesNothingElse()
    {
        Check<byte>(16, i => (byte)(i & 1),
            (ref byte s, nint n, Span<byte> to) => Bytes(Vec512.LoadMaskPartial(ref s, n), to),
            (from, ref d, n) => Vec512.StoreMaskPartial(Vec512.LoadMask(ref from[0]), ref d, n));
        Check<byte>(8, i => (byte)(i & 1),
            (ref byte s, nint n, Span<byte> to) => Bytes(Vec256.LoadMaskPartial(ref s, n).ToVector512(), to),
            (from, ref d, n) => Vec256.StoreMaskPartial(Vec256.LoadMask(ref from[0]), ref d, n));
        Check<byte>(4, i => (byte)(i & 1),
            (ref byte s, nint n, Span<byte> to) => Bytes(Vec128.LoadMaskPartial(ref s, n).ToVector256().ToVector512(), to),
            (from, ref d, n) => Vec128.StoreMaskPartial(Vec128.LoadMask(ref from[0]), ref d, n));
    }

    private delegate void Load<T>(ref T source, nint count, Span<T> to);

    private delegate void Store<T>(T[] from, ref T destination, nint count);

    private static void Bytes(Vector512<int> mask, Span<byte> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (byte)-mask[i];
        }
    }

    private static void Check<T>(int lanes, Func<int, T> value, Load<T> load, Store<T> store)
        where T : unmanaged, IEquatable<T>
    {
        using var buffer = new GuardedBuffer(1);
        for (nint count = -1; count <= lanes + 2; count++)
        {
            Once(buffer, lanes, count, value, load, store);
        }

        foreach (var count in Extremes)
        {
            Once(buffer, lanes, count, value, load, store);
        }
    }

    private static void Once<T>(
        GuardedBuffer buffer, int lanes, nint count, Func<int, T> value, Load<T> load, Store<T> store)
        where T : unmanaged, IEquatable<T>
    {
        var active = (int)nint.Clamp(count, 0, lanes);
        var source = Enumerable.Range(1, lanes).Select(value).ToArray();
        var expected = source.Select((v, i) => i < active ? v : default).ToArray();

        var tail = buffer.AtEnd<T>(active);
        source.AsSpan(0, active).CopyTo(tail);
        var loaded = new T[lanes];
        load(ref MemoryMarshal.GetReference(tail), count, loaded);
        Assert.That(loaded, Is.EqualTo(expected), $"load of {count}");

        tail.Clear();
        store(source, ref MemoryMarshal.GetReference(tail), count);
        Assert.That(tail.ToArray(), Is.EqualTo(source[..active]), $"store of {count}");

        // Away from the guard page, what follows must keep its contents.
        var room = buffer.AtStart<T>(2 * lanes);
        room.Fill(value(77));
        store(source, ref room[0], count);
        Assert.That(room[active..].ToArray(), Is.All.EqualTo(value(77)), $"after a store of {count}");
    }
}
