namespace GraphCompiler.Operators;

/// <summary>Marks integers that are the bits of float64 numbers: files hold the numbers.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class DoubleBitsAttribute : Attribute;
