using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>A statement of kernel IR; a closed set.</summary>
internal abstract class KernelStatement
{
    /// <summary>The node that it computes, where it is one node's: for maps of generated lines.</summary>
    public Node? Node { get; set; }
}

/// <summary>How a loop is run.</summary>
internal enum LoopKind
{
    /// <summary>One after the other, in order.</summary>
    Serial,

    /// <summary>Split over workers in contiguous ranges; iterations are independent.</summary>
    Parallel,

    /// <summary>Several elements at a time, the tail masked; iterations are independent but for accumulators.</summary>
    Vector,

    /// <summary>Split over workers, and each range in lanes.</summary>
    ParallelVector,
}

/// <summary>A loop over an axis.</summary>
internal sealed class ForStatement(Axis axis, LoopKind kind, ImmutableArray<KernelStatement> body) : KernelStatement
{
    public Axis Axis => axis;

    public LoopKind Kind => kind;

    public ImmutableArray<KernelStatement> Body => body;

    /// <summary>For Parallel: how many iterations a worker takes at least.</summary>
    public long Grain { get; init; } = 1;

    /// <summary>For Vector: elements of a step, which accumulators of the line count on; null where no bit depends on it and the target chooses.</summary>
    public int? Lanes { get; init; }

    /// <summary>For Vector: elements of a step where no bit depends on it but time does; null where the target chooses.</summary>
    public int? Block { get; init; }

    /// <summary>The same loop around other statements.</summary>
    public ForStatement With(ImmutableArray<KernelStatement> body) => new(axis, kind, body) { Grain = Grain, Lanes = Lanes, Block = Block, Node = Node };
}

/// <summary>Gives an expression a name.</summary>
internal sealed class LetStatement(Local local, KernelExpr value, string? comment = null) : KernelStatement
{
    public Local Local => local;

    public KernelExpr Value => value;

    /// <summary>The formula in the user's names.</summary>
    public string? Comment => comment;
}

/// <summary>Writes an element.</summary>
internal sealed class StoreStatement(Access access, KernelExpr value, string? comment = null) : KernelStatement
{
    public Access Access => access;

    public KernelExpr Value => value;

    public string? Comment => comment;

    /// <summary>Whether it goes past the caches; a <see cref="FenceStatement"/> follows the loops around it.</summary>
    public bool Streams { get; set; }
}

/// <summary>
/// Declares accumulators, runs loops that feed them, and leaves each one's total in a local. Over a vector loop an
/// accumulator has <see cref="Accumulator.Lanes"/> logical lanes, fed and combined in a fixed order (<see
/// cref="ReductionLanes"/>). That is what makes the bits equal on every target.
/// </summary>
internal sealed class ReduceStatement(ImmutableArray<Accumulator> accumulators, ImmutableArray<KernelStatement> body) : KernelStatement
{
    public ImmutableArray<Accumulator> Accumulators => accumulators;

    public ImmutableArray<KernelStatement> Body => body;
}

/// <summary>The running value of a reduction and the local that gets the total; one lane where the loops are serial.</summary>
internal sealed record Accumulator(Local Running, Local Total, Combine Combine, int Lanes)
{
    /// <summary>The reduction.</summary>
    public Node? Node { get; init; }
}

/// <summary><c>running = combine(running, value)</c>.</summary>
internal sealed class AccumulateStatement(Accumulator accumulator, KernelExpr value, string? comment = null) : KernelStatement
{
    public Accumulator Accumulator => accumulator;

    public KernelExpr Value => value;

    public string? Comment => comment;
}

/// <summary>A local that changes: for loops of operators' own.</summary>
internal sealed class VariableStatement(Local local, KernelExpr initial) : KernelStatement
{
    public Local Local => local;

    public KernelExpr Initial => initial;
}

/// <summary>Assigns a variable.</summary>
internal sealed class AssignStatement(Local local, KernelExpr value) : KernelStatement
{
    public Local Local => local;

    public KernelExpr Value => value;
}

/// <summary>Runs the body where the condition holds; only inside serial loops.</summary>
internal sealed class IfStatement(KernelExpr condition, ImmutableArray<KernelStatement> body) : KernelStatement
{
    public KernelExpr Condition => condition;

    public ImmutableArray<KernelStatement> Body => body;
}

/// <summary>Says that a place will be read or written soon; within a vector loop, all places of a step. It may lie behind the
/// end of its buffer, and the target may do nothing.</summary>
internal sealed class PrefetchStatement(Access access) : KernelStatement
{
    public Access Access => access;
}

/// <summary>Every worker waits until all have arrived: what was written before can be read after.</summary>
internal sealed class BarrierStatement : KernelStatement;

/// <summary>What a worker stored past the caches is visible before anything that it writes later; at top level only.</summary>
internal sealed class FenceStatement : KernelStatement;
