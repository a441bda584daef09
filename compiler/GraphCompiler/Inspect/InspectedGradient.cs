namespace GraphCompiler.Inspect;

/// <summary>Why differentiation made a node.</summary>
/// <param name="Step">
/// <c>seed</c>: the gradient of the loss with respect to itself; <c>rule</c>: the operator's gradient; <c>unbroadcast</c>: a
/// sum over axes along which an operand was stretched, or the reverse; <c>accumulate</c>: the sum over several uses.
/// </param>
/// <param name="Operator">Whose rule was asked; empty for the seed.</param>
/// <param name="Of">The differentiated node, as shown; empty for the seed.</param>
/// <param name="NodeId">Where that node is in the compiled graph, or null where rewriting left nothing of it.</param>
public sealed record InspectedGradient(string Step, string Operator, string Of, int? NodeId);
