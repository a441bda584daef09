using System.Collections.Immutable;

namespace GraphCompiler.CodeGen;

/// <summary>What depends on where members will stand.</summary>
/// <param name="IsUnchecked">Whether bodies say that integers wrap: where somebody else's settings compile them.</param>
/// <param name="Taken">Names that the class has already, and its own.</param>
internal sealed record MemberStyle(bool IsUnchecked, ImmutableArray<string> Taken)
{
    /// <summary>Whether steps keep which generated lines compute which nodes.</summary>
    public bool MapsLines { get; init; }

    /// <summary>Of a program that is compiled with our own settings, in a class of its own.</summary>
    public static MemberStyle RunTime { get; } = new(IsUnchecked: false, []);
}
