namespace GraphCompiler.Runtime;

/// <summary>Whose memory a slot of a program is.</summary>
public enum SlotKind
{
    /// <summary>Fed by the user; in the execution.</summary>
    Input,

    /// <summary>A parameter or state; in <see cref="State.Variables"/>.</summary>
    Variable,

    /// <summary>Values that the program holds; copied to each execution when it is made.</summary>
    Constant,

    /// <summary>Returned to the user; in the execution.</summary>
    Output,

    /// <summary>Alive within a run only; in the execution's arena, which such slots share.</summary>
    Arena,
}
