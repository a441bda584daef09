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
/// What a kernel with vector math costs at its first run is the JIT's look-up and inlining of these operations, dozens for
/// each function. Three things make that cost a quarter of what the plainest form does: a struct for each element type
/// instead of a generic one; members of an instance, static abstract ones being a fifth dearer; and implementations that
/// reach the instruction themselves.
/// </remarks>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TBits">Integer of the element's size.</typeparam>
/// <typeparam name="TVector">Register of <typeparamref name="T"/>; a mask is such a register with all bits of a lane
/// equal.</typeparam>
/// <typeparam name="TBitVector">Register of <typeparamref name="TBits"/>.</typeparam>
internal interface ILanes<T, TBits, TVector, TBitVector>
{
    TVector Add(TVector a, TVector b);

    TVector Add(TVector a, T b);

    TVector Subtract(TVector a, TVector b);

    TVector Subtract(TVector a, T b);

    TVector Subtract(T a, TVector b);

    TVector Multiply(TVector a, TVector b);

    TVector Multiply(TVector a, T b);

    TVector Divide(TVector a, TVector b);

    TVector Divide(T a, TVector b);

    /// <summary>a·b + c, fused where the processor can.</summary>
    TVector Fma(TVector a, TVector b, TVector c);

    TVector Fma(TVector a, TVector b, T c);

    TVector Fma(TVector a, T b, TVector c);

    TVector Fma(TVector a, T b, T c);

    /// <summary>a·2^n for a whole number n, rounded once, to a subnormal or to infinity; AVX-512 only.</summary>
    TVector Scale(TVector a, TVector n);

    TVector Abs(TVector a);

    /// <summary>a &gt; limit ? limit : a; NaN stays.</summary>
    TVector AtMost(TVector a, T limit);

    /// <summary>a &lt; limit ? limit : a; NaN stays.</summary>
    TVector AtLeast(TVector a, T limit);

    TVector LessThan(TVector a, T b);

    TVector GreaterThan(TVector a, T b);

    TVector Equal(TVector a, TVector b);

    TVector Equal(TVector a, T b);

    TVector Select(TVector mask, TVector yes, TVector no);

    TVector Select(TVector mask, TVector yes, T no);

    TVector Select(TVector mask, T yes, TVector no);

    TVector Select(TVector mask, T yes, T no);

    TVector And(TVector a, TVector b);

    TVector And(TVector a, T b);

    /// <summary>a with the bits of b cleared.</summary>
    TVector AndNot(TVector a, TVector b);

    TVector Or(TVector a, TVector b);

    TVector Or(TVector a, T b);

    TVector Xor(TVector a, T b);

    TBitVector AsBits(TVector a);

    TVector AsReal(TBitVector a);

    TBitVector Add(TBitVector a, TBits b);

    TBitVector Subtract(TBitVector a, TBitVector b);

    TBitVector And(TBitVector a, TBits b);

    TBitVector Or(TBitVector a, TBits b);

    TBitVector ShiftLeft(TBitVector a, int count);

    /// <summary>Logical shift: AVX2 has no arithmetic one for 64-bit lanes.</summary>
    TBitVector ShiftRight(TBitVector a, int count);
}
