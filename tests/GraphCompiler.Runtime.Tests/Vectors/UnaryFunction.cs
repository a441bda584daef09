using System.Runtime.Intrinsics;
using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

/// <summary>One function of vector math in all its widths, its definition, and the error bounds that its documentation
/// states.</summary>
internal sealed record UnaryFunction(string Name)
{
    public required Func<Vector512<float>, Vector512<float>> Single512 { get; init; }

    public required Func<Vector256<float>, Vector256<float>> Single256 { get; init; }

    public required Func<Vector128<float>, Vector128<float>> Single128 { get; init; }

    public required Func<float, float> Single { get; init; }

    public required Func<Vector512<double>, Vector512<double>> Double512 { get; init; }

    public required Func<Vector256<double>, Vector256<double>> Double256 { get; init; }

    public required Func<Vector128<double>, Vector128<double>> Double128 { get; init; }

    public required Func<double, double> Double { get; init; }

    /// <summary>The definition in double arithmetic, within some 2^−50 of the truth: a millionth of a float's ULP.</summary>
    public required Func<double, double> Definition { get; init; }

    /// <summary>The definition to some 95 bits, for finite arguments in the domain.</summary>
    public required Func<double, Precise> Precise { get; init; }

    /// <summary>Where the double function is finite, not saturated, and hard: samples are drawn from here.</summary>
    public required (double From, double To) Range { get; init; }

    public required double SingleBound { get; init; }

    /// <summary>Results below 2 to this have their errors counted in the units that are used there; null: down to the
    /// subnormals.</summary>
    public int? LeastExponent { get; init; }

    public required double DoubleBound { get; init; }

    public static IEnumerable<UnaryFunction> All =>
    [
        new("Exp")
        {
            Single512 = Vec512.Exp, Single256 = Vec256.Exp, Single128 = Vec128.Exp, Single = Scalar.Exp,
            Double512 = Vec512.Exp, Double256 = Vec256.Exp, Double128 = Vec128.Exp, Double = Scalar.Exp,
            Definition = Math.Exp, Precise = x => Support.Precise.Exp(x), Range = (-746, 710),
            SingleBound = 0.9, DoubleBound = 0.9,
        },
        new("Log")
        {
            Single512 = Vec512.Log, Single256 = Vec256.Log, Single128 = Vec128.Log, Single = Scalar.Log,
            Double512 = Vec512.Log, Double256 = Vec256.Log, Double128 = Vec128.Log, Double = Scalar.Log,
            Definition = Math.Log, Precise = Support.Precise.Log, Range = (1e-300, 4),
            SingleBound = 0.9, DoubleBound = 0.9,
        },
        new("Tanh")
        {
            Single512 = Vec512.Tanh, Single256 = Vec256.Tanh, Single128 = Vec128.Tanh, Single = Scalar.Tanh,
            Double512 = Vec512.Tanh, Double256 = Vec256.Tanh, Double128 = Vec128.Tanh, Double = Scalar.Tanh,
            Definition = Math.Tanh, Precise = Support.Precise.Tanh, Range = (-20, 20),
            SingleBound = 2, DoubleBound = 2.2,
        },
        new("Sigmoid")
        {
            Single512 = Vec512.Sigmoid, Single256 = Vec256.Sigmoid, Single128 = Vec128.Sigmoid, Single = Scalar.Sigmoid,
            Double512 = Vec512.Sigmoid, Double256 = Vec256.Sigmoid, Double128 = Vec128.Sigmoid, Double = Scalar.Sigmoid,
            Definition = x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
            Precise = Support.Precise.Sigmoid, Range = (-746, 40),
            SingleBound = 1.6, DoubleBound = 1.6,
        },
        new("Erf")
        {
            Single512 = Vec512.Erf, Single256 = Vec256.Erf, Single128 = Vec128.Erf, Single = Scalar.Erf,
            Double512 = Vec512.Erf, Double256 = Vec256.Erf, Double128 = Vec128.Erf, Double = Scalar.Erf,
            Definition = Erf,
            Precise = Support.Precise.Erf, Range = (-6.5, 6.5),
            SingleBound = 1.9, DoubleBound = 2,
        },
        new("NormalCdf")
        {
            Single512 = Vec512.NormalCdf, Single256 = Vec256.NormalCdf, Single128 = Vec128.NormalCdf, Single = Scalar.NormalCdf,
            Double512 = Vec512.NormalCdf, Double256 = Vec256.NormalCdf, Double128 = Vec128.NormalCdf, Double = Scalar.NormalCdf,
            Definition = x => 0.5 + (0.5 * Erf(x * Math.Sqrt(0.5))),
            Precise = Support.Precise.NormalCdf, Range = (-9, 9),
            SingleBound = 3, DoubleBound = 2, LeastExponent = -1,
        },
    ];

    public override string ToString() => Name;

    // The series of Precise.Erf; in double its sum is right to 2^−48 below 4, where a float's erf becomes 1.
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.CopySign(1, x);
        }

        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
