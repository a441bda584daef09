namespace GraphCompiler.Runtime.Tiles;

/// <summary>The numbers that tile kernels are specialised by.</summary>
internal static class Counts
{
    internal readonly struct Zero : ICount
    {
        public static int Value => 0;
    }

    internal readonly struct One : ICount
    {
        public static int Value => 1;
    }

    internal readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    internal readonly struct Three : ICount
    {
        public static int Value => 3;
    }

    internal readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    internal readonly struct Five : ICount
    {
        public static int Value => 5;
    }

    internal readonly struct Six : ICount
    {
        public static int Value => 6;
    }
}
