using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>A documented value at the edge of an operator's domain; signs of zero count, NaN equals NaN.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Apply">The operator on scalars of that type.</param>
/// <param name="Inputs">One value for each scalar.</param>
/// <param name="Result">What the documentation says.</param>
internal sealed record Edge(DType Type, Func<Tensor[], Tensor> Apply, double[] Inputs, double Result);
