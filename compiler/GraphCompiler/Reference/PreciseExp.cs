namespace GraphCompiler.Reference;

/// <summary>
/// e^x to about twice the precision of double, for definitions that a double's own rounding would spoil: a quotient of
/// rounded values is off by two units, more than the kernels that it judges.
/// </summary>
/// <remarks>
/// x = k·ln 2 + r with ln 2 in two parts, of which the first has 20 zero bits at its end, so that its products are exact
/// (Cody and Waite, 1980); then the Taylor series of e^r, |r| ≤ 0.35, by Horner's rule in pairs of doubles (Dekker, 1971).
/// </remarks>
internal static class PreciseExp
{
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const int Terms = 24;

    /// <summary>e^x = (High + Low)·2^Exponent, for finite x.</summary>
    public static (double High, double Low, int Exponent) Of(double x)
    {
        var k = Math.Round(x / (Ln2High + Ln2Low));
        var r = Math.FusedMultiplyAdd(-k, Ln2High, x);
        var shift = k * Ln2Low;
        var (r1, r2) = Sum(r, -shift);
        r2 -= Math.FusedMultiplyAdd(k, Ln2Low, -shift);

        var (high, low) = (1.0, 0.0);
        for (var j = Terms; j > 0; j--)
        {
            // 1 + r·(high + low)/j
            var product = high * r1;
            var rest = Math.FusedMultiplyAdd(high, r1, -product) + (high * r2) + (low * r1);
            var quotient = product / j;
            rest = (Math.FusedMultiplyAdd(-quotient, j, product) + rest) / j;
            (high, low) = Sum(1, quotient);
            (high, low) = Sum(high, low + rest);
        }

        return (high, low, (int)k);
    }

    /// <summary>1/(1 + e^−x), rounded once but for one case in many thousands.</summary>
    public static double Sigmoid(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 800)
        {
            return double.IsNaN(x) ? x : x > 0 ? 1 : 0;
        }

        // With e = e^−|x|: e/(1 + e) for negative x, 1/(1 + e) for others.
        var (high, low, exponent) = Of(-Math.Abs(x));
        var (d1, d2) = Sum(1, Math.ScaleB(high, exponent));
        d2 += Math.ScaleB(low, exponent);
        var (n1, n2) = x < 0 ? (high, low) : (1, 0);
        var quotient = n1 / d1;
        var remainder = Math.FusedMultiplyAdd(-quotient, d1, n1) - (quotient * d2) + n2;
        return Math.ScaleB(quotient + (remainder / d1), x < 0 ? exponent : 0);
    }

    /// <summary>The error function, rounded once but for one case in many thousands.</summary>
    /// <remarks>
    /// 2/√π·e^(−x²)·x·Σ (2x²)ⁿ/(1·3·5…(2n + 1)), Abramowitz and Stegun 7.1.6: all terms have one sign, so that nothing
    /// cancels, whatever x is. From 6 on it is 1 to more than double's precision.
    /// </remarks>
    public static double Erf(double x)
    {
        if (double.IsNaN(x) || x == 0 || Math.Abs(x) >= 6)
        {
            return double.IsNaN(x) || x == 0 ? x : Math.CopySign(1, x);
        }

        var square = (High: x * x, Low: Math.FusedMultiplyAdd(x, x, -(x * x)));
        var (term, sum) = ((High: 1.0, Low: 0.0), (High: 1.0, Low: 0.0));
        for (var n = 1; term.High > 1e-40 * sum.High; n++)
        {
            term = Quotient(Product(term, (2 * square.High, 2 * square.Low)), (2 * n) + 1);
            var (high, low) = Sum(sum.High, term.High);
            sum = Sum(high, low + sum.Low + term.Low);
        }

        var (e1, e2, exponent) = Of(-square.High);
        var factor = Product(Product((1.1283791670955126, 1.533545961316588e-17), Product((e1, e2), (1, -square.Low))), sum);
        var result = x * factor.High;
        return Math.ScaleB(result + (Math.FusedMultiplyAdd(x, factor.High, -result) + (x * factor.Low)), exponent);
    }

    /// <summary>The distribution function of the standard normal distribution, to some 2^−53 of ½.</summary>
    /// <remarks>½ + ½·erf(x/√2). The argument's rounding error e moves the result by e·φ(x), at most a quarter of it times |x|.</remarks>
    public static double NormalCdf(double x) => 0.5 + (0.5 * Erf(x * 0.7071067811865476));

    private static (double High, double Low) Product((double High, double Low) a, (double High, double Low) b)
    {
        var product = a.High * b.High;
        return Sum(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low) + (a.Low * b.High));
    }

    private static (double High, double Low) Quotient((double High, double Low) a, double divisor)
    {
        var quotient = a.High / divisor;
        return Sum(quotient, (Math.FusedMultiplyAdd(-quotient, divisor, a.High) + a.Low) / divisor);
    }

    private static (double Sum, double Error) Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return (sum, a - (sum - part) + (b - part));
    }
}
