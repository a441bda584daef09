namespace GraphCompiler.Tests.Laws;

/// <summary>How a <see cref="Tolerance"/> measures.</summary>
internal enum ToleranceKind
{
    Exact,
    Ulp,
    SumOfTerms,
    Epsilons,
}
