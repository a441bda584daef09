namespace GraphCompiler.Schedule;

/// <summary>Why a node did not join a group.</summary>
internal enum Refusal
{
    /// <summary>It joined.</summary>
    None,

    /// <summary>The group holds as many nodes as keep its method small enough for the JIT.</summary>
    TooManyNodes,

    /// <summary>The group reads as many tensors as keep their addresses in registers.</summary>
    TooManyReads,

    /// <summary>The group calls as many functions of vector math as the JIT inlines.</summary>
    TooManyFunctions,

    /// <summary>The group is put together from boxes or has loops of its own: nothing is computed at its points.</summary>
    Closed,

    /// <summary>The node is a contraction, is put together from boxes or has loops of its own: it begins a kernel.</summary>
    BeginsKernel,

    /// <summary>The node's shape is none that the group's loops go over.</summary>
    OtherSpace,

    /// <summary>The node reads of the group what is not there at its point: another element, or a sum that is not complete.</summary>
    NotThere,

    /// <summary>The group's reductions are over other axes.</summary>
    OtherAxes,

    /// <summary>The node sums over outer axes of what the group goes through along the inner one.</summary>
    OuterAxes,

    /// <summary>The node reduces, and the group is a contraction: its result is there tile by tile.</summary>
    TileByTile,

    /// <summary>The node was moved to its only reader: what it reads is memory anyway.</summary>
    Sunk,

    /// <summary>The node reads of a later group too: it joins the last group that it reads, or none.</summary>
    ReadsLater,
}
