using GraphCompiler.Runtime;

namespace GraphCompiler.Kernels;

/// <summary>
/// In how many lanes a line is summed: enough independent chains to hide the latency of the addition, few enough that
/// they stay in registers. Element i goes to lane i mod lanes while whole steps last; what is left goes 16 at a time,
/// the j-th element of it to lane j mod 16; then lane i is combined with lane i + lanes/2, and so on down to one. The
/// loop alone decides, never the target, so that bits are equal everywhere.
/// </summary>
internal static class ReductionLanes
{
    /// <summary>Lanes of what the steps of a wide loop leave, and the fewest that a line is reduced in: no register holds more.</summary>
    public const int Rest = 16;

    private const int Most = 32;

    /// <summary>Accumulators and locals that are alive at once in the widest loops: each of them takes four 256-bit registers.</summary>
    private const int MostValues = 2;

    /// <param name="axis">Along the line.</param>
    /// <param name="body">What is done at each point, without the accumulation.</param>
    /// <param name="fed">What the accumulators are fed with.</param>
    public static int Of(Axis axis, IReadOnlyCollection<KernelStatement> body, IReadOnlyCollection<KernelExpr> fed)
    {
        var values = fed.Count + body.Count(static s => s is LetStatement);
        var isWide = axis.Extent.Max >= Most && values <= MostValues && fed.All(IsCheap) && body.All(static s => s switch
        {
            LetStatement let => IsCheap(let.Value),
            StoreStatement store => IsCheap(store.Value),
            _ => false,
        });
        return isWide ? Most : Rest;
    }

    /// <summary>
    /// Columns that one walk over the rows takes, a sum for each: whole cache lines, as many as registers hold. Each column
    /// is a chain of its own, so no bit depends on it.
    /// </summary>
    /// <param name="columns">The axis in lanes.</param>
    /// <param name="statements">What is done for a column: reductions over rows, and the work between them.</param>
    public static int Block(Axis columns, IReadOnlyList<KernelStatement> statements)
    {
        var (values, isCheap, isPlain) = (0, true, true);
        Visit(statements);
        var most = !isCheap || values > 2 * MostValues ? Rest : values > 1 ? 2 * Rest : !isPlain ? 4 * Rest : 8 * Rest;
        return (int)Math.Clamp((columns.Extent.Max + Rest - 1) / Rest * Rest, Rest, most);

        void Visit(IReadOnlyList<KernelStatement> block)
        {
            foreach (var statement in block)
            {
                switch (statement)
                {
                    case ForStatement loop:
                        Visit(loop.Body);
                        break;
                    case ReduceStatement reduce:
                        values += reduce.Accumulators.Length;
                        Visit(reduce.Body);
                        break;
                    case AccumulateStatement accumulate:
                        isCheap &= IsCheap(accumulate.Value);
                        isPlain &= accumulate.Value is LoadExpr; // an operand of the addition, in no register of its own
                        break;
                    case LetStatement let:
                        values++;
                        isCheap &= IsCheap(let.Value);
                        break;
                    case StoreStatement store:
                        isCheap &= IsCheap(store.Value);
                        break;
                }
            }
        }
    }

    // Vector math hides the latency of a sum by itself, and the JIT inlines only some of its calls; doubles take twice the registers.
    private static bool IsCheap(KernelExpr expr) => expr.Type != DType.Float64 && expr switch
    {
        UnaryExpr { Op: UnaryMachineOp.Negate or UnaryMachineOp.Abs or UnaryMachineOp.Relu or UnaryMachineOp.Not or UnaryMachineOp.Sqrt } u => IsCheap(u.X),
        UnaryExpr or BinaryExpr { Op: BinaryMachineOp.Pow } => false,
        BinaryExpr b => IsCheap(b.A) && IsCheap(b.B),
        FmaExpr f => IsCheap(f.A) && IsCheap(f.B) && IsCheap(f.C),
        SelectExpr s => IsCheap(s.Condition) && IsCheap(s.WhenTrue) && IsCheap(s.WhenFalse),
        CastExpr c => IsCheap(c.X),
        _ => true,
    };
}
