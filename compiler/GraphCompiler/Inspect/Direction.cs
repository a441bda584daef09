namespace GraphCompiler.Inspect;

/// <summary>Which part of a training step a node belongs to.</summary>
public enum Direction
{
    /// <summary>What the user computes, and what is computed of it to be returned.</summary>
    Forward,

    /// <summary>What differentiation made, and what is computed of it to be returned.</summary>
    Backward,

    /// <summary>What is computed only to be the next value of a variable.</summary>
    Update,
}
