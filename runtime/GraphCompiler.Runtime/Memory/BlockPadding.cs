namespace GraphCompiler.Runtime.Memory;

/// <summary>
/// How blocks lie next to each other in memory. Kernels go through several of them in step. Where all begin at the same place
/// of a page, their elements fall into the same few lines of the first-level cache, and a load looks to the processor as if it
/// read what a store to another block has not written yet (4 KiB aliasing).
/// </summary>
internal static class BlockPadding
{
    private const int Page = 4096;

    /// <summary>Smaller blocks are found in the cache anyway, and the padding would be a good part of them.</summary>
    private const long Large = 128 << 10;

    /// <summary>By so much neighbours are displaced against each other: an odd number of lines, so that it takes 64 of them to
    /// come back to the first.</summary>
    private const int Step = 17 * AlignedBuffer.Alignment;

    /// <summary>The bytes of a block with what keeps the next one from the same place of a page: a multiple of <see
    /// cref="AlignedBuffer.Alignment"/>, less than a page more.</summary>
    /// <param name="bytes">Of the block.</param>
    /// <exception cref="OverflowException">It is beyond 64 bits.</exception>
    public static long Padded(long bytes)
    {
        var aligned = checked(bytes + AlignedBuffer.Alignment - 1) & -AlignedBuffer.Alignment;
        return aligned < Large ? aligned : checked(aligned + ((Step - aligned) & (Page - 1)));
    }
}
