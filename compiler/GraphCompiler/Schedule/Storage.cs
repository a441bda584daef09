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

/// <summary>A block of memory that one or several tensors use, one after the other.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Name">Of the tensor it was made for.</param>
/// <param name="Type">Element type and shape of that tensor.</param>
internal sealed record Storage(StorageKind Kind, string Name, TensorType Type);
