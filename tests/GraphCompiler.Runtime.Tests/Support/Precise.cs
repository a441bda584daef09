namespace GraphCompiler.Runtime.Tests.Support;

/// <summary>
/// Value · 2^Exponent to some 95 bits, and the elementary functions in that precision: what vector math is measured
/// against. The exponent keeps results near and below the least normal double whole.
/// </summary>
internal readonly record struct Precise(DoubleDouble Value, int Exponent)
{
    private static readonly DoubleDouble TwoOverSqrtPi = new(1.1283791670955126, 1.533545961316588e-17);
    private static readonly DoubleDouble RootHalf = new(0.7071067811865476, -4.833646656726457e-17);

    /// <summary>e^x, x finite and of a magnitude below 10⁵.</summary>
    public static Precise Exp(DoubleDouble x)
    {
        var m = ExpMinusOne(x, out var n);
        return new Precise(m + 1, n);
    }

    /// <summary>ln x for positive finite x, by one Newton step from <see cref="Math.Log(double)"/>.</summary>
    public static Precise Log(double x)
    {
        var y = Math.Log(x);
        var m = ExpMinusOne(-y, out var n);
        var scaled = Math.ScaleB(x, n);
        var w = (scaled - (DoubleDouble)1) + (m * scaled);
        return new Precise(y + (w - (w * w * 0.5)), 0);
    }

    /// <summary>tanh x.</summary>
    public static Precise Tanh(double x)
    {
        if (Math.Abs(x) < 1e-30)
        {
            return new Precise(x, 0);
        }

        if (Math.Abs(x) > 60)
        {
            return new Precise(Math.CopySign(1, x), 0);
        }

        var m = ExpMinusOne(-2 * Math.Abs(x), out var n);
        var power = Math.ScaleB(1, n);
        var t = (m * power) + (power - (DoubleDouble)1);
        var result = -t / (t + 2);
        return new Precise(x < 0 ? -result : result, 0);
    }

    /// <summary>1 / (1 + e^−x).</summary>
    public static Precise Sigmoid(double x)
    {
        var e = Exp(-Math.Abs(x));
        var sum = e.Exponent < -200 ? 1 : e.Value.Scale(e.Exponent) + 1;
        return x < 0 ? new Precise(e.Value / sum, e.Exponent) : new Precise(1 / sum, 0);
    }

    /// <summary>erf x: 2x/√π · e^(−x²) · Σ (2x²)ⁿ / (1·3·…·(2n + 1)), whose terms are all positive.</summary>
    public static Precise Erf(double x)
    {
        if (Math.Abs(x) > 8.5)
        {
            return new Precise(Math.CopySign(1, x), 0);
        }

        var square = (DoubleDouble)x * x;
        DoubleDouble term = 1;
        DoubleDouble sum = 1;
        for (var n = 1; term.High > 1e-33 * sum.High; n++)
        {
            term = term * square * 2 / ((2 * n) + 1);
            sum += term;
        }

        var e = Exp(-square);
        return new Precise(sum * x * e.Value.Scale(e.Exponent) * TwoOverSqrtPi, 0);
    }

    /// <summary>Φ(x) = ½ + ½·erf(x/√2), the argument of erf in two parts: erf(a + b) = erf a + b·2/√π·e^(−a²).</summary>
    public static Precise NormalCdf(double x)
    {
        var argument = (DoubleDouble)x * RootHalf;
        var a = argument.High;
        var slope = Math.Abs(a) > 8.5 ? 0 : 2 / Math.Sqrt(Math.PI) * Math.Exp(-a * a);
        var erf = Erf(a).Value + (DoubleDouble)(argument.Low * slope);
        return new Precise((erf + 1) * 0.5, 0);
    }

    /// <summary>x^y for positive x.</summary>
    public static Precise Pow(double x, double y) => Exp(Log(x).Value * y);

    /// <summary>How far a computed double is from this value, in units of the last place at the value: a subnormal's
    /// unit is 2^−1074, and infinity is right from where rounding to nearest gives it.</summary>
    /// <param name="computed">The computed value.</param>
    /// <param name="leastExponent">Values below 2 to this count in the units that are used there.</param>
    public double UlpTo(double computed, int leastExponent = -1022)
    {
        var exponent = Value.High == 0 ? -1200 : Math.ILogB(Value.High) + Exponent;
        if (!double.IsFinite(computed))
        {
            var overflows = exponent >= 1024
                || (exponent == 1023 && Math.ScaleB(Math.Abs(Value.High), -Math.ILogB(Value.High)) == 2 - Math.ScaleB(1, -52));
            return double.IsInfinity(computed) && overflows && (computed > 0) == (Value.High > 0)
                ? 0
                : double.PositiveInfinity;
        }

        if (exponent < -1200)
        {
            return computed / double.Epsilon;
        }

        var difference = (Math.ScaleB(computed, -Exponent) - Value.High) - Value.Low;
        return Math.Abs(Math.ScaleB(difference, Exponent - (Math.Max(exponent, leastExponent) - 52)));
    }

    /// <summary>m with e^x = 2^n·(1 + m), m to full relative accuracy: Taylor on a 256th of the reduced argument, then
    /// eight times 1 + m ← (1 + m)².</summary>
    private static DoubleDouble ExpMinusOne(DoubleDouble x, out int n)
    {
        n = (int)Math.Round(x.High / DoubleDouble.Ln2.High);
        var r = (x - (DoubleDouble.Ln2 * n)).Scale(-8);
        DoubleDouble m = 0;
        for (var k = 12; k >= 1; k--)
        {
            m = r / k * (m + 1);
        }

        for (var i = 0; i < 8; i++)
        {
            m *= m + 2;
        }

        return m;
    }
}
