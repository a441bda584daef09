namespace GraphCompiler.Runtime.Tests.Support;

/// <summary>An unevaluated sum of two doubles, some 104 bits (Dekker 1971, Knuth TAOCP 2): reference arithmetic.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = TwoSum(a.High, b.High);
        var low = TwoSum(a.Low, b.Low);
        high = FastTwoSum(high.High, high.Low + low.High);
        return FastTwoSum(high.High, high.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var p = a.High * b.High;
        var error = Math.FusedMultiplyAdd(a.High, b.High, -p);
        return FastTwoSum(p, error + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble q = a.High / b.High;
        var rest = a - (q * b);
        q += rest.High / b.High;
        rest = a - (q * b);
        return q + (rest.High / b.High);
    }

    public DoubleDouble Scale(int exponent) => new(Math.ScaleB(High, exponent), Math.ScaleB(Low, exponent));

    private static DoubleDouble TwoSum(double a, double b)
    {
        var s = a + b;
        var t = s - a;
        return new DoubleDouble(s, (a - (s - t)) + (b - t));
    }

    private static DoubleDouble FastTwoSum(double a, double b)
    {
        var s = a + b;
        return new DoubleDouble(s, b - (s - a));
    }
}
