using GraphCompiler.Operators;

namespace GraphCompiler.Optimize;

/// <summary>Which operators are leaves: those whose name is their identity.</summary>
internal static class LeafNames
{
    /// <summary>The qualified name of an input, a parameter or a state; null for everything else.</summary>
    public static string? Of(Operator op) => op switch
    {
        InputOp input => input.LeafName,
        VariableOp variable => variable.LeafName,
        _ => null,
    };
}
