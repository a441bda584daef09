namespace GraphCompiler.Runtime.Vectors;

/// <summary>What <see cref="PowMethod"/> needs besides, of <see cref="double"/> alone.</summary>
internal interface IDoubleLanes<TVector, TBitVector> : ILanes<double, long, TVector, TBitVector>
{
    /// <summary>The rounding error of a product: a·b − p exactly, for p = round(a·b), short of under- and
    /// overflow.</summary>
    TVector ProductError(TVector a, TVector b, TVector p);

    TVector Truncate(TVector a);
}
