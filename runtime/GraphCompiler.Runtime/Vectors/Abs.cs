namespace GraphCompiler.Runtime.Vectors;

public static partial class Scalar
{
    /// <summary><c>|x|</c> on int32, wrapping as the vector instruction does: the most negative value stays.</summary>
    public static int Abs(int x) => unchecked(x < 0 ? -x : x);
}
