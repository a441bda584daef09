using System.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler.Kernels;

/// <summary>How a reduction takes in a value, and what it starts from.</summary>
internal static class Combining
{
    /// <summary><c>combine(running, value)</c>; a product is added with one rounding.</summary>
    public static KernelExpr Of(Combine combine, KernelExpr running, KernelExpr value) => combine switch
    {
        Combine.Sum when value is BinaryExpr { Op: BinaryMachineOp.Multiply } product && value.Type.IsFloating() => new FmaExpr(product.A, product.B, running),
        Combine.Sum => running + value,
        Combine.Max => new BinaryExpr(BinaryMachineOp.Max, running, value),
        Combine.Min => new BinaryExpr(BinaryMachineOp.Min, running, value),
        _ => throw new UnreachableException($"{combine}"),
    };

    /// <summary>The value that changes no other: 0, or the extreme of the type.</summary>
    public static double Identity(Combine combine, DType type) => (combine, type) switch
    {
        (Combine.Sum, _) => 0,
        (Combine.Max, DType.Int32) => int.MinValue,
        (Combine.Min, DType.Int32) => int.MaxValue,
        (Combine.Max, _) => double.NegativeInfinity,
        _ => double.PositiveInfinity,
    };
}
