using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>What is left of a line behind the last whole step.</summary>
public static class Tail
{
    /// <summary>
    /// Does nothing, to a count that the JIT then takes for changed by whatever is called or stored. Masks that are made of
    /// it are made where they are used, and none is kept over a call.
    /// </summary>
    /// <param name="count">Elements that are left; unchanged.</param>
    /// <remarks>
    /// On a processor with AVX-512 a mask is in a register of its own kind (k1 to k7), and no call preserves those. Where two of
    /// them come back from the stack into each other's register, the JIT of .NET 10 (10.0.12) swaps them by way of a
    /// general register, writes there with an instruction that has mask registers alone, and reads back what the general
    /// register happened to hold: lanes beyond the end are written, or lanes before it are not.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Hide(ref nint count) => _ = count;
}
