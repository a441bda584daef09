namespace GraphCompiler.Tool.Profiling;

/// <summary>What one kernel of a run took.</summary>
/// <param name="Nanoseconds">Mean, on the first worker.</param>
/// <param name="GigaFlops">Operations a second, in thousands of millions.</param>
/// <param name="GigaBytes">Bytes of its operands a second, in thousands of millions.</param>
/// <param name="Roofline">Part of what the machine could do, 0 to 1: the time that arithmetic or memory needs at least, over the time it took.</param>
/// <param name="IsComputeBound">Whether arithmetic is what needs that time; otherwise memory does.</param>
internal sealed record KernelTime(double Nanoseconds, double GigaFlops, double GigaBytes, double Roofline, bool IsComputeBound);
