namespace GraphCompiler.Tests.Laws;

/// <summary>How far a result may be from its definition in double on the same stored inputs.</summary>
/// <param name="Kind">How the bound is measured.</param>
/// <param name="Bound">ULPs, or a relative error.</param>
internal sealed record Tolerance(ToleranceKind Kind, double Bound)
{
    /// <summary>The same bits, but for the payload of NaN.</summary>
    public static Tolerance Exact { get; } = new(ToleranceKind.Exact, 0);

    /// <summary>Sums of products: |error| ≤ 4·√n·ε·Σ|terms|.</summary>
    public static Tolerance SumOfTerms { get; } = new(ToleranceKind.SumOfTerms, 4);

    /// <summary>Units in the last place of the result's type.</summary>
    public static Tolerance Ulp(double bound) => new(ToleranceKind.Ulp, bound);

    /// <summary>Relative to the larger of the magnitude and 1, in units of the type's ε: for compositions.</summary>
    public static Tolerance Epsilons(double bound) => new(ToleranceKind.Epsilons, bound);
}
