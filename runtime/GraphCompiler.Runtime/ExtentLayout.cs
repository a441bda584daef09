using System.Collections.Immutable;

namespace GraphCompiler.Runtime;

/// <summary>One extent of a slot: a constant times a product of symbols.</summary>
/// <param name="Factor">The constant, at least 0.</param>
/// <param name="Symbols">
/// Positions in <see cref="ProgramLayout.Symbols"/>; repeats are powers. Empty for a constant extent.
/// </param>
public readonly record struct ExtentLayout(long Factor, ImmutableArray<int> Symbols);
