using GraphCompiler.Runtime.Tests.Support;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tests.Vectors;

/// <summary>What <see cref="UnaryFunctionTests"/> cannot measure in ULP; the widths being equal, one speaks for all.
/// </summary>
[TestFixture]
public sealed class UnarySpecialValueTests
{
    private const double Inf = double.PositiveInfinity;

    [TestCase("Exp", 0.0, 1.0)]
    [TestCase("Exp", -0.0, 1.0)]
    [TestCase("Exp", Inf, Inf)]
    [TestCase("Exp", -Inf, 0.0)]
    [TestCase("Exp", double.MaxValue, Inf)]
    [TestCase("Exp", double.MinValue, 0.0)]
    [TestCase("Exp", double.Epsilon, 1.0)]
    [TestCase("Exp", double.NaN, double.NaN)]
    [TestCase("Log", 0.0, -Inf)]
    [TestCase("Log", -0.0, -Inf)]
    [TestCase("Log", 1.0, 0.0)]
    [TestCase("Log", Inf, Inf)]
    [TestCase("Log", -Inf, double.NaN)]
    [TestCase("Log", -1.0, double.NaN)]
    [TestCase("Log", -double.Epsilon, double.NaN)]
    [TestCase("Log", double.NaN, double.NaN)]
    [TestCase("Tanh", 0.0, 0.0)]
    [TestCase("Tanh", -0.0, -0.0)]
    [TestCase("Tanh", Inf, 1.0)]
    [TestCase("Tanh", -Inf, -1.0)]
    [TestCase("Tanh", double.Epsilon, double.Epsilon)]
    [TestCase("Tanh", -double.Epsilon, -double.Epsilon)]
    [TestCase("Tanh", double.NaN, double.NaN)]
    [TestCase("Sigmoid", 0.0, 0.5)]
    [TestCase("Sigmoid", -0.0, 0.5)]
    [TestCase("Sigmoid", Inf, 1.0)]
    [TestCase("Sigmoid", -Inf, 0.0)]
    [TestCase("Sigmoid", double.MinValue, 0.0)]
    [TestCase("Sigmoid", double.MaxValue, 1.0)]
    [TestCase("Sigmoid", double.NaN, double.NaN)]
    [TestCase("Erf", 0.0, 0.0)]
    [TestCase("Erf", -0.0, -0.0)]
    [TestCase("Erf", Inf, 1.0)]
    [TestCase("Erf", -Inf, -1.0)]
    [TestCase("Erf", double.MaxValue, 1.0)]
    [TestCase("Erf", 5.96, 1.0)]
    [TestCase("Erf", -5.96, -1.0)]
    [TestCase("Erf", double.Epsilon, double.Epsilon)]
    [TestCase("Erf", -double.Epsilon, -double.Epsilon)]
    [TestCase("Erf", double.NaN, double.NaN)]
    [TestCase("NormalCdf", 0.0, 0.5)]
    [TestCase("NormalCdf", -0.0, 0.5)]
    [TestCase("NormalCdf", Inf, 1.0)]
    [TestCase("NormalCdf", -Inf, 0.0)]
    [TestCase("NormalCdf", 8.5, 1.0)]
    [TestCase("NormalCdf", -8.5, 0.0)]
    [TestCase("NormalCdf", -double.MaxValue, 0.0)]
    [TestCase("NormalCdf", double.Epsilon, 0.5)]
    [TestCase("NormalCdf", double.NaN, double.NaN)]
    public void Function_SpecialValue_ExactResult(string name, double x, double expected)
    {
        var f = UnaryFunction.All.Single(f => f.Name == name);
        var single = Math.Abs(x) == double.Epsilon ? Math.Sign(x) * float.Epsilon : (float)x;
        var singleExpected = Math.Abs(expected) == double.Epsilon ? single : (float)expected;
        Assert.Multiple(() =>
        {
            Assert.That(Ulp.SameBits(f.Double(x), expected), $"{f.Double(x):R}");
            Assert.That(Ulp.SameBits(f.Single(single), singleExpected), $"{f.Single(single):R}");
        });
    }

    [TestCase("Exp", 88.6f, 88.8f)]
    [TestCase("Exp", -104.2f, -102f)]
    [TestCase("Tanh", 8.9f, 10.1f)]
    [TestCase("Erf", 3.892f, 4.2f)]
    [TestCase("NormalCdf", 5.4f, 5.72f)]
    [TestCase("Sigmoid", -104.2f, -102f)]
    [TestCase("Sigmoid", 16f, 18f)]
    public void Single_EndOfTheRange_NeverFalls(string name, float from, float to)
    {
        var f = UnaryFunction.All.Single(f => f.Name == name);
        var last = float.NegativeInfinity;
        for (var x = from; x <= to; x = MathF.BitIncrement(x))
        {
            var y = f.Single(x);
            if (y < last)
            {
                Assert.Fail($"{f}({x:R}) = {y:R} after {last:R}");
            }

            last = y;
        }
    }

    [TestCase("Tanh")]
    [TestCase("Erf")]
    public void OddFunction_OfMinusX_IsMinusThatOfX(string name)
    {
        var f = UnaryFunction.All.Single(f => f.Name == name);
        var random = new System.Random(11);
        for (var i = 0; i < 100_000; i++)
        {
            var x = (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-40, 6));
            Assert.That(f.Double(-x), Is.EqualTo(-f.Double(x)));
            Assert.That(f.Single((float)-x), Is.EqualTo(-f.Single((float)x)));
        }
    }
}
