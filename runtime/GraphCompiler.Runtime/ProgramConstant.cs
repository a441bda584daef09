namespace GraphCompiler.Runtime;

/// <summary>Values of a constant slot.</summary>
/// <param name="Slot">Position in <see cref="ProgramLayout.Slots"/>.</param>
/// <param name="Values">Row-major, as many as the slot has elements; rounded to its type.</param>
public readonly record struct ProgramConstant(int Slot, ReadOnlyMemory<double> Values);
