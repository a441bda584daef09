using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>
/// Values that the graph itself holds: one for all elements, or one each. Compared by bits, so 0 and −0 differ and NaN
/// equals itself. Every element type is exact in double.
/// </summary>
internal sealed record ConstantOp(TensorType Type, [field: DoubleBits] EquatableArray<long> Bits) : Source
{
    public override string Name => "constant";

    protected override TensorType ResultType => Type;

    /// <summary>True when one value stands for all elements.</summary>
    public bool IsSplat => Bits.Count == 1;

    public static ConstantOp Splat(double value, TensorType type) => new(type, [BitsOf(value, type.DType)]);

    public static ConstantOp Of(ReadOnlySpan<double> values, TensorType type, Origin origin)
    {
        RequireCount(type, values.Length, origin);
        var bits = new long[values.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = BitsOf(values[i], type.DType);
        }

        var same = bits.Length > 0 && bits.AsSpan().IndexOfAnyExcept(bits[0]) < 0;
        return new(type, EquatableArray.Create<long>(same ? bits.AsSpan(0, 1) : bits));
    }

    public double Value(long element) => BitConverter.Int64BitsToDouble(Bits[IsSplat ? 0 : (int)element]);

    /// <summary>The one value of a constant tensor, or null.</summary>
    public static double? SplatOf(Tensor tensor) =>
        tensor.Node.Operator is ConstantOp { IsSplat: true } constant ? constant.Value(0) : null;

    public static bool IsSplatOf(Tensor tensor, double value) =>
        tensor.Node.Operator is ConstantOp { IsSplat: true } constant && constant.Bits[0] == BitConverter.DoubleToInt64Bits(value);

    public static bool IsPositiveZero(Tensor tensor) => IsSplatOf(tensor, 0.0);

    /// <summary>What can be added without changing any bit: −0, or the integer 0.</summary>
    public static bool IsAdditiveIdentity(Tensor tensor) => IsSplatOf(tensor, tensor.DType.IsFloating() ? -0.0 : 0.0);

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (!IsSplat)
        {
            RequireCount(Type, Bits.Count, s.Origin);
        }

        foreach (var bits in Bits.AsSpan())
        {
            if (BitsOf(BitConverter.Int64BitsToDouble(bits), Type.DType) != bits)
            {
                throw s.Error("GRC0125", "values of the element type", FormattableString.Invariant($"{Type} cannot hold {BitConverter.Int64BitsToDouble(bits):R}"));
            }
        }

        return [Type];
    }

    internal override Lowering Lower(LoweringScope s) =>
        IsSplat ? new PointLowering(new ConstantExpr(Type.DType, Value(0))) : base.Lower(s);

    internal override void Reference(ReferenceScope r)
    {
        for (var i = 0L; i < r.Output.Data.LongLength; i++)
        {
            r.Output.Data[i] = Value(i);
        }
    }

    public override string ToString() =>
        IsSplat ? $"constant[{Value(0).ToString("R", CultureInfo.InvariantCulture)}]" : $"constant[{Bits.Count} values]";

    private static void RequireCount(TensorType type, int values, Origin origin)
    {
        if (!type.Shape.IsConstant)
        {
            throw new GraphException("GRC0114", $"A constant requires constant extents, got {type.Shape}", origin.File, origin.Line);
        }

        if (type.Shape.ElementCount.Factor != values)
        {
            throw new GraphException(
                "GRC0115", $"A constant requires one value for each element: {type} has {type.Shape.ElementCount}, got {values}", origin.File, origin.Line);
        }
    }

    private static long BitsOf(double value, DType type) => BitConverter.DoubleToInt64Bits(type switch
    {
        DType.Float32 => (float)value,
        DType.Float64 => value,
        DType.Bool => value != 0 ? 1 : 0,
        _ => Math.Clamp(Math.Truncate(double.IsNaN(value) ? 0 : value), int.MinValue, int.MaxValue) + 0.0,
    });
}
