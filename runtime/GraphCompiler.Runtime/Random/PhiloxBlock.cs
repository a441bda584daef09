namespace GraphCompiler.Runtime.Random;

/// <summary>Four independent, uniformly distributed 32-bit words: what one <see cref="Philox.Block"/> yields.</summary>
/// <param name="X0">Word 0.</param>
/// <param name="X1">Word 1.</param>
/// <param name="X2">Word 2.</param>
/// <param name="X3">Word 3.</param>
public readonly record struct PhiloxBlock(uint X0, uint X1, uint X2, uint X3)
{
    /// <summary>Words 0 and 1 as one number, word 0 being the lower half.</summary>
    public ulong Low => ((ulong)X1 << 32) | X0;

    /// <summary>Words 2 and 3 as one number, word 2 being the lower half.</summary>
    public ulong High => ((ulong)X3 << 32) | X2;
}
