using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Checks;

/// <summary>How an operator may differ from its definition, by kind. One that is named nowhere rounds a few times.</summary>
internal static class Accuracy
{
    /// <summary>Of operators that round: the laws allow the least exact of them 4.</summary>
    public const double Ulps = 4;

    /// <summary>Of sums: |error| ≤ 4·√n·ε·Σ|terms|, as documented, and as much for the definition's own sum in double.</summary>
    public const double SumFactor = 8;

    private static readonly HashSet<Type> Sums = [typeof(SumOp), typeof(ContractOp), typeof(ScatterAddOp)];

    private static readonly HashSet<Type> Exact =
    [
        typeof(NegateOp), typeof(AbsOp), typeof(ReluOp), typeof(MaximumOp), typeof(MinimumOp), typeof(SelectOp), typeof(StopGradientOp),
        typeof(MaxReduceOp), typeof(MinReduceOp), typeof(GatherOp), typeof(TopKOp), typeof(ConcatenateOp), typeof(PadOp), typeof(SliceOp),
        typeof(ReshapeOp), typeof(TransposeOp), typeof(BroadcastOp), typeof(ConstantOp), typeof(IotaOp), typeof(ExtentOp),
    ];

    /// <summary>Adds terms up, in an order of its own.</summary>
    public static bool IsSum(Operator op) => Sums.Contains(op.GetType());

    /// <summary>Rounds nothing: each element of the result is one of the operands, or its negative.</summary>
    public static bool IsExact(Operator op) => Exact.Contains(op.GetType());

    /// <summary>Rounds once, to nearest: there is one right answer, unless a product before it is fused with it.</summary>
    public static bool IsCorrectlyRounded(Operator op) => op is MultiplyOp or DivideOp or SqrtOp or ReciprocalOp or CastOp or LeakyReluOp;

    /// <summary>May round with its product at once, whose own rounding is then missing.</summary>
    public static bool MayFuse(Operator op) => op is AddOp or SubtractOp;

    /// <summary>Results below this have their errors counted in the units that are used there.</summary>
    public static double LeastMagnitude(Operator op) => op is NormalCdfOp ? 0.5 : 0;

    public static double Epsilon(DType type) => type == DType.Float32 ? 1.1920928955078125e-7 : 2.220446049250313e-16;

    /// <summary>The gap between neighbours at a value; that of the subnormals at 0 and below.</summary>
    public static double Unit(double value, DType type) => type == DType.Float32
        ? Math.ScaleB(1, Math.Max(value == 0 ? -149 : Math.ILogB(value) - 23, -149))
        : Math.ScaleB(1, Math.Max(value == 0 ? -1074 : Math.ILogB(value) - 52, -1074));
}
