namespace GraphCompiler.Tests.Laws;

/// <summary>
/// Derivatives by evaluation alone: central differences and one step of Richardson's extrapolation, so the error is of order h⁴.
/// With h = 10⁻³ both it and the rounding error ε/h stay far below the tolerances for functions of ordinary size.
/// </summary>
internal static class FiniteDifferences
{
    /// <summary>Relative tolerance of all derivative laws.</summary>
    public const double Relative = 1e-6;

    /// <summary>Absolute tolerance of all derivative laws.</summary>
    public const double Absolute = 1e-8;

    /// <summary>Step where the sample does not choose another.</summary>
    public const double Step = 1e-3;

    /// <summary>The derivative at 0 of a function of one number, element by element.</summary>
    public static double[] Derivative(Func<double, double[]> f, double step = Step)
    {
        var (wide, narrow) = (Central(f, step), Central(f, step / 2));
        return [.. wide.Zip(narrow, static (w, n) => ((4 * n) - w) / 3)];
    }

    /// <summary>True within the tolerances; both NaN is not close: a smooth sample has none.</summary>
    public static bool IsClose(double actual, double expected) =>
        Math.Abs(actual - expected) <= Absolute + (Relative * Math.Abs(expected));

    private static double[] Central(Func<double, double[]> f, double h) =>
        [.. f(h).Zip(f(-h), (up, down) => (up - down) / (2 * h))];
}
