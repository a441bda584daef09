using GraphCompiler.Reference;

namespace GraphCompiler.Tests.Reference;

/// <summary>Definitions that are more exact than double arithmetic; the expected values were computed with 60 decimal digits.</summary>
public sealed class PreciseExpTests
{
    [TestCase(-0.3, 0.425557483188341)]
    [TestCase(0.7, 0.668187772168166)]
    [TestCase(-1.75, 0.14804719803168948)]
    [TestCase(-1.7501, 0.14803458555308102)]
    [TestCase(3.3, 0.9644288107273639)]
    [TestCase(-20.5, 1.2501528648238605e-09)]
    [TestCase(-40.25, 3.3086216207858244e-18)]
    [TestCase(36.9, 0.9999999999999999)]
    [TestCase(-700.5, 5.980196118639791e-305)]
    [TestCase(-744.0, 1e-323)]
    [TestCase(1e-09, 0.50000000025)]
    [TestCase(-1e-300, 0.5)]
    [TestCase(0.0, 0.5)]
    [TestCase(-1.1312949153308942, 0.24392220804398085)]
    [TestCase(-0.774639032217812, 0.3154764458584125)]
    [TestCase(-0.6144193033029102, 0.3510517553918393)]
    [TestCase(-0.23302501000374898, 0.44200593661076487)]
    [TestCase(double.NegativeInfinity, 0)]
    [TestCase(double.PositiveInfinity, 1)]
    [TestCase(double.NaN, double.NaN)]
    public void Sigmoid_IsRoundedOnce(double x, double expected) =>
        Assert.That(PreciseExp.Sigmoid(x), Is.EqualTo(expected));
}
