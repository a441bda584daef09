using System.Collections.Immutable;
using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Runtime.State;

/// <summary>
/// A parameter or a piece of state: a named block of memory that lives across runs. Owned by a <see cref="Variables"/>.
/// </summary>
/// <remarks>
/// Values go in and out by copy, in row-major order. Reading counts as a run that reads the variables, writing as one
/// that updates them, so neither can meet a training run half-way (GRC0424).
/// </remarks>
public sealed class Variable
{
    private readonly Variables _owner;
    private readonly AlignedBuffer _buffer;

    internal Variable(Variables owner, VariableInfo info, AlignedBuffer buffer)
    {
        _owner = owner;
        _buffer = buffer;
        Info = info;
        ElementCount = buffer.Length / info.Type.Size();
    }

    /// <summary>The declaration.</summary>
    public VariableInfo Info { get; }

    /// <summary>The scoped name.</summary>
    public string Name => Info.Name;

    /// <summary>Element type.</summary>
    public DType Type => Info.Type;

    /// <summary>Extents; empty for a scalar.</summary>
    public ImmutableArray<long> Shape => Info.Shape;

    /// <summary>Elements: the product of the extents, 1 for a scalar.</summary>
    public long ElementCount { get; }

    /// <summary>
    /// Address of the first element, aligned to 64 bytes; valid until the owner is disposed. For kernels, which hold
    /// the gate.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    public nint Address => _buffer.Address;

    internal AlignedBuffer Buffer => _buffer;

    /// <summary>A copy of all elements.</summary>
    /// <typeparam name="T">float, double, int or bool, as <see cref="Type"/> says.</typeparam>
    /// <exception cref="GraphException">
    /// GRC0421: more elements than an array holds. GRC0422: another type. GRC0424: a training run is in progress.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    public T[] Read<T>() where T : unmanaged
    {
        CheckType<T>();
        CheckLength(Math.Min(ElementCount, Array.MaxLength));
        var values = new T[ElementCount];
        Read<T>(values);
        return values;
    }

    /// <summary>Copies all elements to <paramref name="destination"/>.</summary>
    /// <param name="destination">As many elements as the variable has.</param>
    /// <typeparam name="T">float, double, int or bool, as <see cref="Type"/> says.</typeparam>
    /// <exception cref="GraphException">
    /// GRC0421: another length. GRC0422: another type. GRC0424: a training run is in progress.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    public void Read<T>(Span<T> destination) where T : unmanaged
    {
        CheckType<T>();
        CheckLength(destination.Length);
        _owner.AcquireShared();
        try
        {
            _buffer.AsSpan<T>().CopyTo(destination);
        }
        finally
        {
            _owner.ReleaseShared();
        }
    }

    /// <summary>Replaces all elements by those of <paramref name="source"/>.</summary>
    /// <param name="source">As many elements as the variable has.</param>
    /// <typeparam name="T">float, double, int or bool, as <see cref="Type"/> says.</typeparam>
    /// <exception cref="GraphException">
    /// GRC0421: another length. GRC0422: another type. GRC0424: a run is in progress.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    public void Write<T>(ReadOnlySpan<T> source) where T : unmanaged
    {
        CheckType<T>();
        CheckLength(source.Length);
        _owner.AcquireExclusive();
        try
        {
            source.CopyTo(_buffer.AsSpan<T>());
        }
        finally
        {
            _owner.ReleaseExclusive();
        }
    }

    /// <inheritdoc cref="Write{T}(ReadOnlySpan{T})"/>
    public void Write<T>(params T[] source) where T : unmanaged => Write((ReadOnlySpan<T>)source);

    /// <summary>Name, type and shape: <c>"w1" float32 [784, 256]</c>.</summary>
    public override string ToString() => $"\"{Name}\" {Info.Describe()}";

    private void CheckType<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != Type)
        {
            throw new GraphException(
                "GRC0422", $"Copying a variable requires its own element type: {this} is not {DTypes.Of<T>().Name()}");
        }
    }

    private void CheckLength(long length)
    {
        if (length != ElementCount)
        {
            throw new GraphException(
                "GRC0421", $"Copying a variable requires a span of its length {ElementCount}: {this}, {length}");
        }
    }
}
