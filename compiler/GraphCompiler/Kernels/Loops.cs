using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>Puts bodies into loops.</summary>
internal static class Loops
{
    /// <summary>Shorter axes are not worth masked vectors.</summary>
    private const long MinVectorExtent = 3;

    /// <summary>Whether the innermost axis can run in lanes: every access along it is contiguous or constant.</summary>
    public static bool CanVectorize(IEnumerable<KernelStatement> body, ImmutableArray<Axis> axes)
    {
        if (axes.IsEmpty || axes[^1].Extent.Max < MinVectorExtent)
        {
            return false;
        }

        var axis = axes[^1];
        return new AccessCollector(body).Accesses.All(a => a.Indirect is null && (a.StrideOf(axis) == 0 || a.StrideOf(axis) == 1));
    }

    /// <summary>Independent iterations: the outermost axis split over workers, the innermost in lanes where possible.</summary>
    /// <param name="axes">Outermost first.</param>
    /// <param name="body">What is done at each point.</param>
    /// <param name="vectorize">Whether the innermost axis runs in lanes.</param>
    /// <param name="split">How finely.</param>
    /// <param name="within">Elements that the body itself goes through: a row of a reduction.</param>
    /// <param name="block">Of the innermost axis; see <see cref="ForStatement.Block"/>.</param>
    public static ImmutableArray<KernelStatement> Nest(
        ImmutableArray<Axis> axes, ImmutableArray<KernelStatement> body, bool vectorize, SplitPolicy split, long within = 1, int? block = null)
    {
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            var (isOuter, isVector) = (i == 0, vectorize && i == axes.Length - 1);
            var kind = isOuter && isVector ? LoopKind.ParallelVector : isOuter ? LoopKind.Parallel : isVector ? LoopKind.Vector : LoopKind.Serial;
            var grain = Math.Max(1, split.GrainElements / Math.Max(1, within));
            var unit = isVector ? Math.Max(split.VectorGrain, Math.Min(block ?? 0, split.GrainElements)) : 1;
            grain = (grain + unit - 1) / unit * unit;
            body = [new ForStatement(axes[i], kind, body) { Grain = grain, Block = isVector ? block : null }];
            within = checked(within * Math.Max(1, axes[i].Extent.Max));
        }

        return body;
    }

    /// <summary>One after the other.</summary>
    /// <param name="axes">Outermost first.</param>
    /// <param name="body">What is done at each point.</param>
    /// <param name="innermost">How the innermost axis runs.</param>
    /// <param name="lanes">Of the innermost axis; see <see cref="ForStatement.Lanes"/>.</param>
    /// <param name="block">Of the innermost axis; see <see cref="ForStatement.Block"/>.</param>
    public static ImmutableArray<KernelStatement> Serial(
        ImmutableArray<Axis> axes, ImmutableArray<KernelStatement> body, LoopKind innermost = LoopKind.Serial, int? lanes = null, int? block = null)
    {
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            body = [i == axes.Length - 1 ? new ForStatement(axes[i], innermost, body) { Lanes = lanes, Block = block } : new ForStatement(axes[i], LoopKind.Serial, body)];
        }

        return body;
    }
}
