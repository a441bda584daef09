namespace GraphCompiler.Schedule;

/// <summary>Whose memory a tensor is.</summary>
internal enum StorageKind
{
    /// <summary>Fed by the user, in the execution.</summary>
    Input,

    /// <summary>A parameter or state, in <c>Variables</c>.</summary>
    Variable,

    /// <summary>Values that the graph holds, copied to the execution when it is made.</summary>
    Constant,

    /// <summary>Returned to the user, in the execution.</summary>
    Output,

    /// <summary>Alive between two groups, in the arena.</summary>
    Arena,
}
