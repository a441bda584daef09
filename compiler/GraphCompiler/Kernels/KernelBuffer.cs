using System.Collections.Immutable;
using GraphCompiler.Runtime;

namespace GraphCompiler.Kernels;

/// <summary>Memory that a kernel reads or writes, as the kernel sees it: one of its parameters. Compared by reference.</summary>
internal sealed class KernelBuffer(string name, DType type, Shape shape)
{
    private Operand? _dense;

    /// <summary>Hint for the name in generated code.</summary>
    public string Name => name;

    public DType Type => type;

    /// <summary>Row-major extents of the whole buffer.</summary>
    public Shape Shape => shape;

    /// <summary>The whole buffer, row-major.</summary>
    public Operand Dense => _dense ??= new Operand(this, shape.Strides(), ImmutableSum.Zero);

    public override string ToString() => $"{name}: {type.Name()}{shape}";
}

/// <summary>A place in a buffer: <c>Σ coefficient·axis + offset</c> in elements, and an optional data-dependent term.</summary>
internal sealed class Access(
    KernelBuffer buffer, ImmutableArray<(Axis Axis, Dim Coefficient)> terms, ImmutableSum offset, KernelExpr? indirect = null, Dim indirectStride = default)
{
    public KernelBuffer Buffer => buffer;

    public ImmutableArray<(Axis Axis, Dim Coefficient)> Terms => terms;

    public ImmutableSum Offset => offset;

    /// <summary>An int32 value, in range by construction, that is multiplied with <see cref="IndirectStride"/>.</summary>
    public KernelExpr? Indirect => indirect;

    public Dim IndirectStride => indirectStride;

    /// <summary>Elements from one value of the axis to the next.</summary>
    public Dim StrideOf(Axis axis)
    {
        foreach (var (a, coefficient) in terms)
        {
            if (ReferenceEquals(a, axis))
            {
                return coefficient;
            }
        }

        return 0;
    }
}
