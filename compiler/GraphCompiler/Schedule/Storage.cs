namespace GraphCompiler.Schedule;

/// <summary>A block of memory that one or several tensors use, one after the other. Compared by reference: two blocks may look alike.</summary>
/// <param name="kind">Whose it is.</param>
/// <param name="name">Of the tensor it was made for.</param>
/// <param name="type">Element type and shape of that tensor.</param>
internal sealed class Storage(StorageKind kind, string name, TensorType type)
{
    public StorageKind Kind => kind;

    public string Name => name;

    public TensorType Type => type;
}
