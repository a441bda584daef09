namespace GraphCompiler;

/// <summary>Which part of differentiation made a node.</summary>
internal enum GradientStep
{
    /// <summary>The gradient of the loss with respect to itself, from which everything begins.</summary>
    Seed,

    /// <summary>The rule of the operator that is differentiated.</summary>
    Rule,

    /// <summary>A sum over axes along which an operand was stretched, or a gradient stretched to its tensor's shape.</summary>
    Unbroadcast,

    /// <summary>The sum of what several uses of a tensor contribute to its gradient.</summary>
    Accumulate,
}
