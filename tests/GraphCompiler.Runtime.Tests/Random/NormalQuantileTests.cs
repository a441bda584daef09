using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.Tests.Random;

public sealed class NormalQuantileTests
{
    // Roots of Φ(z) = p in 40-digit arithmetic, rounded to double; p is the double that the literal names.
    [TestCase(1.1102230246251565e-16, -8.209536151601387)]
    [TestCase(1e-15, -7.941345326170997)]
    [TestCase(1e-10, -6.361340902404057)]
    [TestCase(1e-05, -4.264890793922825)]
    [TestCase(0.001, -3.0902323061678136)]
    [TestCase(0.01, -2.326347874040841)]
    [TestCase(0.0749, -1.4402382675279637)]
    [TestCase(0.0751, -1.43882539275254)]
    [TestCase(0.2, -0.8416212335729142)]
    [TestCase(0.3, -0.5244005127080408)]
    [TestCase(0.49, -0.025068908258711057)]
    [TestCase(0.5, 0)]
    [TestCase(0.6, 0.2533471031357997)]
    [TestCase(0.9, 1.2815515655446006)]
    [TestCase(0.975, 1.9599639845400538)]
    [TestCase(0.999999, 4.753424308817087)]
    [TestCase(0.9999999999999999, 8.209536151601387)]
    public void Of_KnownQuantile_IsWithinAFewUlp(double p, double z) =>
        Assert.That(NormalQuantile.Of(p), Is.EqualTo(z).Within(6).Ulps);

    [Test]
    public void Of_IncreasingProbability_Increases()
    {
        var last = double.NegativeInfinity;
        for (var i = 1; i < 100_000; i++)
        {
            var z = NormalQuantile.Of(i / 100_000.0);
            if (!(z > last))
            {
                Assert.Fail($"z({i}/100000) = {z:R} after {last:R}");
            }

            last = z;
        }
    }

    [Test]
    public void Log_ProbabilitiesUpToOneHalf_IsWithinTwoUlp()
    {
        var random = new System.Random(12);
        for (var i = 0; i < 200_000; i++)
        {
            var x = Math.ScaleB(0.5 + random.NextDouble() / 2, -random.Next(53));
            if (x <= 0.5)
            {
                var (expected, actual) = (Math.Log(x), NormalQuantile.Log(x));
                var ulp = Math.BitIncrement(-expected) + expected;
                Assert.That(Math.Abs(actual - expected), Is.LessThanOrEqualTo(2 * ulp), $"{x:R}");
            }
        }
    }

    // Computed by a program of another language on IEEE 754 doubles, from the same coefficients.
    private const long Fingerprint = -7613062400345076759;

    [Test]
    public void Of_EveryMachine_HasTheseBits()
    {
        // A fingerprint of many values: other bits here mean that other machines start training from other parameters.
        var hash = 0L;
        for (ulong i = 0; i < 1000; i++)
        {
            hash = unchecked(hash * 31 + BitConverter.DoubleToInt64Bits(Philox.Normal(Philox.Block(3, 0, i).Low)));
        }

        Assert.That(hash, Is.EqualTo(Fingerprint));
    }
}
