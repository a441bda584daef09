namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// The functions of <see cref="Vec256"/> on single elements, for kernels without a vector loop; bit for bit a lane of
/// the vector functions, because a lane is what computes them.
/// </summary>
public static partial class Scalar
{
}
