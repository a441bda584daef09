// The types that users meet in this folder are in the root namespace, so that one using directive brings them all.
namespace GraphCompiler;

/// <summary>Who sees a class that is generated ahead of time.</summary>
public enum EmitVisibility
{
    /// <summary><c>public</c>: whoever refers to the assembly.</summary>
    Public,

    /// <summary><c>internal</c>: the assembly that it is compiled into.</summary>
    Internal,
}
