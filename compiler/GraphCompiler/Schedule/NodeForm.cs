namespace GraphCompiler.Schedule;

/// <summary>What the scheduler needs to know of a node, asked of its operator once.</summary>
internal enum NodeForm
{
    /// <summary>Memory that exists before the run: inputs, variables, constant tables.</summary>
    Leaf,

    /// <summary>No memory and no work of its own: splat constants, iota, extents; and cheap work on such or on leaves, which every reader repeats.</summary>
    Inline,

    /// <summary>An index map.</summary>
    View,

    Pointwise,
    Reduction,
    Contraction,
    Regions,
    Nest,
}
