using GraphCompiler.Reference;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// Runs a graph as compiled code of one target. Every class that implements this (with a constructor without parameters) is found
/// by reflection; a target that the machine lacks says so by <see cref="IsSupported"/>.
/// </summary>
internal interface ITargetRunner
{
    /// <summary>Name of the target, for messages.</summary>
    string Target { get; }

    bool IsSupported => true;

    /// <summary>The graph's outputs, in their order, for these leaves. Called with one graph several times, extents of symbols varying.</summary>
    ReferenceArray[] Run(Graph graph, IReadOnlyList<(Tensor Leaf, ReferenceArray Value)> feeds);
}
