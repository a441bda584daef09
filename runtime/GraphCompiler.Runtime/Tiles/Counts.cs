using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>
/// The numbers that tile kernels are specialised by: each is the size of its type in bytes, <c>sizeof(TRows)</c>.
/// </summary>
/// <remarks>A size is a number that the JIT knows while it reads the code, so what stands behind a branch on it is not even
/// read. A property of the type says the same, but only after all that stands behind the branch has been expanded: then a
/// tile of two rows takes as long to compile as one of fourteen, and that three times as long.</remarks>
internal static class Counts
{
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    internal readonly struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    internal readonly struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    internal readonly struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    internal readonly struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    internal readonly struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    internal readonly struct Six;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    internal readonly struct Seven;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    internal readonly struct Eight;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    internal readonly struct Nine;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    internal readonly struct Ten;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    internal readonly struct Eleven;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    internal readonly struct Twelve;

    [StructLayout(LayoutKind.Sequential, Size = 13)]
    internal readonly struct Thirteen;

    [StructLayout(LayoutKind.Sequential, Size = 14)]
    internal readonly struct Fourteen;
}
