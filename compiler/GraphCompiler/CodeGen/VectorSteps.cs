using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>
/// How many elements a step of a pointwise loop takes, where no bit depends on it: one register where there is work, two
/// where counting and comparing would be a good part of it.
/// </summary>
internal static class VectorSteps
{
    /// <summary>Operations of a step that two registers are worth for: a loop costs as much as two of them.</summary>
    private const int MaxOperations = 8;

    public static int Of(ForStatement loop, CodeTarget target)
    {
        var most = 2 * target.LanesOf(DType.Float32);
        return most > target.PointwiseLanes && loop.Axis.Extent.Max >= most && IsCheap(loop.Body) ? most : target.PointwiseLanes;
    }

    private static bool IsCheap(IEnumerable<KernelStatement> body)
    {
        var operations = 0;
        return body.All(statement => statement switch
        {
            LetStatement let => IsSimple(let.Value),
            StoreStatement store => IsSimple(store.Value),
            _ => false,
        }) && operations <= MaxOperations;

        bool IsSimple(KernelExpr expr)
        {
            operations += expr is ConstantExpr or LocalExpr or DimExpr ? 0 : 1;
            return expr.Type == DType.Float32 && expr switch
            {
                UnaryExpr u => u.Op is UnaryMachineOp.Negate or UnaryMachineOp.Abs or UnaryMachineOp.Relu && IsSimple(u.X),
                BinaryExpr b => b.Op is BinaryMachineOp.Add or BinaryMachineOp.Subtract or BinaryMachineOp.Multiply && IsSimple(b.A) && IsSimple(b.B),
                FmaExpr f => IsSimple(f.A) && IsSimple(f.B) && IsSimple(f.C),
                ConstantExpr or LocalExpr or DimExpr or LoadExpr { Access.Indirect: null } => true,
                _ => false,
            };
        }
    }
}
