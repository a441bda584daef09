namespace GraphCompiler.Operators;

/// <summary>
/// Every operator as a method, most of them extensions of <see cref="Tensor"/>: <c>x.Exp()</c>, <c>Op.Max(a, b)</c>. Each
/// method lives in its operator's file, with the operator's rules. The line of the call is recorded for errors and dumps.
/// </summary>
public static partial class Op
{
    /// <summary>Indices are int32: from 0 to 2³¹ − 1.</summary>
    internal const long MostIndices = 1L << 31;
}
