namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// The operations that the methods of this folder are written in, once for every register width. An implementation
/// maps each onto one instruction or two, and never onto a call; the result of a lane depends on that lane alone,
/// so all implementations give the same bits.
/// </summary>
/// <remarks>
/// The registers stay plain <c>Vector256</c> and <c>Vector128</c> values rather than wrappers with operators: the JIT
/// keeps those in registers without further thought. Constants are overloads rather than nested broadcasts, which
/// spares the JIT a temporary each: it stops inlining in methods above 512 locals.
/// </remarks>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TBits">Integer of the element's size.</typeparam>
/// <typeparam name="TVector">Register of <typeparamref name="T"/>; a mask is such a register with all bits of a lane
/// equal.</typeparam>
/// <typeparam name="TBitVector">Register of <typeparamref name="TBits"/>.</typeparam>
internal interface ILanes<T, TBits, TVector, TBitVector>
{
    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Add(TVector a, T b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, T b);

    static abstract TVector Subtract(T a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, T b);

    static abstract TVector Divide(TVector a, TVector b);

    static abstract TVector Divide(T a, TVector b);

    /// <summary>a·b + c, fused where the processor can.</summary>
    static abstract TVector Fma(TVector a, TVector b, TVector c);

    static abstract TVector Fma(TVector a, TVector b, T c);

    static abstract TVector Fma(TVector a, T b, TVector c);

    static abstract TVector Fma(TVector a, T b, T c);

    /// <summary>The rounding error of a product: a·b − p exactly, for p = round(a·b), short of under- and overflow;
    /// <see cref="double"/> only.</summary>
    static abstract TVector ProductError(TVector a, TVector b, TVector p);

    /// <summary>Whether <see cref="Scale"/> can be asked.</summary>
    static abstract bool HasScale { get; }

    /// <summary>a·2^n for a whole number n, rounded once, to a subnormal or to infinity.</summary>
    static abstract TVector Scale(TVector a, TVector n);

    static abstract TVector Abs(TVector a);

    static abstract TVector Truncate(TVector a);

    /// <summary>a &gt; limit ? limit : a; NaN stays.</summary>
    static abstract TVector AtMost(TVector a, T limit);

    /// <summary>a &lt; limit ? limit : a; NaN stays.</summary>
    static abstract TVector AtLeast(TVector a, T limit);

    static abstract TVector LessThan(TVector a, T b);

    static abstract TVector GreaterThan(TVector a, T b);

    static abstract TVector Equal(TVector a, TVector b);

    static abstract TVector Equal(TVector a, T b);

    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    static abstract TVector Select(TVector mask, TVector yes, T no);

    static abstract TVector Select(TVector mask, T yes, TVector no);

    static abstract TVector Select(TVector mask, T yes, T no);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector And(TVector a, T b);

    /// <summary>a with the bits of b cleared.</summary>
    static abstract TVector AndNot(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    static abstract TVector Or(TVector a, T b);

    static abstract TVector Xor(TVector a, TVector b);

    static abstract TBitVector AsBits(TVector a);

    static abstract TVector AsReal(TBitVector a);

    static abstract TBitVector Add(TBitVector a, TBits b);

    static abstract TBitVector Subtract(TBitVector a, TBitVector b);

    static abstract TBitVector And(TBitVector a, TBits b);

    static abstract TBitVector Or(TBitVector a, TBits b);

    static abstract TBitVector ShiftLeft(TBitVector a, int count);

    /// <summary>Logical shift: AVX2 has no arithmetic one for 64-bit lanes.</summary>
    static abstract TBitVector ShiftRight(TBitVector a, int count);
}
