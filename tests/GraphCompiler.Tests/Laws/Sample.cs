using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>One use of an operator that every law is asked of.</summary>
/// <param name="Name">Says in a failure which sample it was.</param>
/// <param name="Type">Element type of the leaves that the family varies.</param>
/// <param name="Smooth">The derivative exists at these values, and within a finite difference around them.</param>
/// <param name="Build">Declares leaves, applies the operator, and says what type must come out.</param>
internal sealed record Sample(string Name, DType Type, bool Smooth, Action<SampleScope> Build)
{
    /// <summary>Values that the symbolic extent takes, one after the other, in one graph; empty without a symbolic extent.</summary>
    public long[] Extents { get; init; } = [];

    /// <summary>The extents of all runs of the sample; a sample without a symbolic extent has one run, whose extent does not matter.</summary>
    public long[] Runs => Extents.Length == 0 ? [1] : Extents;

    public override string ToString() => $"{Name}, {Type.Name()}";
}
