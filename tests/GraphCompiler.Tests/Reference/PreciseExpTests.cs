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

    [TestCase(-0.9235475058311353, -0.8084792056553213)]
    [TestCase(0.5, 0.5204998778130465)]
    [TestCase(1e-05, 1.1283791670579e-05)]
    [TestCase(-1e-200, -1.1283791670955125e-200)]
    [TestCase(0.3, 0.3286267594591274)]
    [TestCase(0.99, 0.8385080695553698)]
    [TestCase(1.01, 0.8468104962282768)]
    [TestCase(1.9859257358992126, 0.9950230689735072)]
    [TestCase(-1.5, -0.9661051464753108)]
    [TestCase(2.5, 0.999593047982555)]
    [TestCase(3.9, 0.9999999652077514)]
    [TestCase(5.5, 0.9999999999999927)]
    [TestCase(0.0, 0.0)]
    [TestCase(6.5, 1.0)]
    [TestCase(double.NegativeInfinity, -1.0)]
    [TestCase(double.NaN, double.NaN)]
    public void Erf_IsRoundedOnce(double x, double expected) =>
        Assert.That(PreciseExp.Erf(x), Is.EqualTo(expected));
}
