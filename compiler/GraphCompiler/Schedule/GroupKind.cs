namespace GraphCompiler.Schedule;

/// <summary>What becomes one kernel.</summary>
internal enum GroupKind
{
    /// <summary>Pointwise nodes over one iteration space.</summary>
    Pointwise,

    /// <summary>Reductions over the same axes of one space, with the pointwise work before, between and after them.</summary>
    Reduction,

    /// <summary>A contraction and the pointwise work on its result.</summary>
    Contraction,

    /// <summary>A result put together from boxes.</summary>
    Regions,

    /// <summary>An operator with loops of its own.</summary>
    Nest,
}

/// <summary>Where in a group's loops a node is computed.</summary>
internal enum Level
{
    /// <summary>At every point of the space.</summary>
    Point,

    /// <summary>Once for each point of the kept axes, when the reductions that it needs are complete.</summary>
    Row,

    /// <summary>Once for each point of the reduced axes, after all rows: sums over the rows, and what follows from them.</summary>
    Column,

    /// <summary>Once, after all rows.</summary>
    Final,
}
