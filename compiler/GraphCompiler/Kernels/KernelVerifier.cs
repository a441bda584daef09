using System.Diagnostics;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler.Kernels;

/// <summary>
/// What must hold of kernel IR before it is written down: locals are defined before use and once, axes are in scope,
/// buffers are declared, types agree, and everybody meets at barriers.
/// </summary>
internal sealed class KernelVerifier
{
    private readonly Kernel _kernel;
    private readonly HashSet<KernelBuffer> _buffers;
    private readonly HashSet<Local> _locals = [];
    private readonly HashSet<Local> _variables = [];
    private readonly HashSet<Axis> _axes = [];
    private readonly HashSet<Accumulator> _accumulators = [];

    private KernelVerifier(Kernel kernel)
    {
        _kernel = kernel;
        _buffers = [.. kernel.Parameters.Select(static p => p.Buffer), .. kernel.Scratch.Select(static s => s.Buffer), .. kernel.Shared];
    }

    /// <exception cref="InternalCompilerException">Something does not hold.</exception>
    public static void Verify(Kernel kernel) => new KernelVerifier(kernel).Block(kernel.Statements, isTop: true);

    // Names of a block end with it.
    private void Block(IEnumerable<KernelStatement> statements, bool isTop = false)
    {
        var own = new List<Local>();
        foreach (var statement in statements)
        {
            Require(isTop || statement is not BarrierStatement, "a barrier stands at top level only: not everybody runs an inner block equally often");
            Require(isTop || statement is not FenceStatement, "a fence stands at top level only: everybody runs it once");
            Require(isTop || statement is not ForStatement { Kind: LoopKind.Parallel or LoopKind.ParallelVector }, "only loops at top level are split over workers");
            Statement(statement, own);
        }

        own.ForEach(l => _locals.Remove(l));
    }

    private void Statement(KernelStatement statement, List<Local> own)
    {
        switch (statement)
        {
            case ForStatement loop:
                In([loop.Axis], () => Block(loop.Body));
                break;
            case ReduceStatement reduce:
                Reduce(reduce, own);
                break;
            case ContractStatement contract:
                Contract(contract);
                break;
            case IfStatement condition:
                Same(DType.Bool, Expression(condition.Condition), "a condition");
                Block(condition.Body);
                break;
            case LetStatement let:
                Same(let.Local.Type, Expression(let.Value), $"local {let.Local}");
                Define(let.Local, own);
                break;
            case VariableStatement variable:
                Same(variable.Local.Type, Expression(variable.Initial), $"variable {variable.Local}");
                Define(variable.Local, own);
                _variables.Add(variable.Local);
                break;
            case AssignStatement assign:
                Require(_locals.Contains(assign.Local) && _variables.Contains(assign.Local), $"{assign.Local} is assigned and no variable in scope");
                Same(assign.Local.Type, Expression(assign.Value), $"variable {assign.Local}");
                break;
            case StoreStatement store:
                Access(store.Access);
                Same(store.Access.Buffer.Type, Expression(store.Value), $"a store to {store.Access.Buffer.Name}");
                break;
            case AccumulateStatement accumulate:
                Require(_accumulators.Contains(accumulate.Accumulator), $"{accumulate.Accumulator.Running} is fed outside of its reduction");
                Same(accumulate.Accumulator.Running.Type, Expression(accumulate.Value), $"accumulator {accumulate.Accumulator.Running}");
                break;
            case PrefetchStatement prefetch:
                Access(prefetch.Access);
                break;
            case BarrierStatement or FenceStatement:
                break;
            default:
                throw new UnreachableException($"{statement}");
        }
    }

    private void Reduce(ReduceStatement reduce, List<Local> own)
    {
        foreach (var accumulator in reduce.Accumulators)
        {
            Same(accumulator.Running.Type, accumulator.Total.Type, $"accumulator {accumulator.Running}");
            Require(accumulator.Lanes is 1 or 16 or 32, $"{accumulator.Running} has {accumulator.Lanes} lanes");
            Require(_accumulators.Add(accumulator), $"{accumulator.Running} is declared twice");
        }

        Block(reduce.Body);
        foreach (var accumulator in reduce.Accumulators)
        {
            _accumulators.Remove(accumulator);
            Define(accumulator.Total, own);
        }
    }

    private void Contract(ContractStatement contract)
    {
        List<Axis> around = [.. contract.Outer, .. contract.OuterSums];
        around.AddRange(new[] { contract.M, contract.N, contract.K }.OfType<Axis>());
        In(around, () =>
        {
            Access(contract.A);
            Access(contract.B);
        });
        Same(contract.TileBuffer.Type, contract.A.Buffer.Type, "the left operand of a contraction");
        Same(contract.TileBuffer.Type, contract.B.Buffer.Type, "the right operand of a contraction");
        Require(contract.LoadPartial.IsEmpty == contract.StorePartial.IsEmpty, "partial sums are kept and taken up, or neither");
        foreach (var buffer in new[] { contract.TileBuffer, contract.PackedA, contract.PackedB }.OfType<KernelBuffer>())
        {
            Declared(buffer);
        }

        In([.. contract.Outer, contract.Tile.FirstRow, contract.Tile.FirstColumn], () =>
        {
            Block(contract.LoadPartial);
            Block(contract.StorePartial);
            Block(contract.Epilogue);
        });
    }

    private void In(IReadOnlyList<Axis> axes, Action body)
    {
        foreach (var axis in axes)
        {
            Require(_axes.Add(axis), $"axis {axis} is counted by two loops at once");
        }

        body();
        foreach (var axis in axes)
        {
            _axes.Remove(axis);
        }
    }

    private void Define(Local local, List<Local> own)
    {
        Require(_locals.Add(local), $"local {local} is defined twice");
        own.Add(local);
    }

    private void Declared(KernelBuffer buffer) => Require(_buffers.Contains(buffer), $"buffer {buffer} is no parameter and no scratch memory");

    private void Counted(Axis axis) => Require(_axes.Contains(axis), $"axis {axis} is used outside of its loop");

    private void Access(Access access)
    {
        Declared(access.Buffer);
        foreach (var (axis, _) in access.Terms)
        {
            Counted(axis);
        }

        if (access.Indirect is { } indirect)
        {
            Same(DType.Int32, Expression(indirect), $"an index into {access.Buffer.Name}");
        }
    }

    // The type that follows from the operands; depth is that of one expression, which builders keep small.
    private DType Expression(KernelExpr expr)
    {
        switch (expr)
        {
            case ConstantExpr or DimExpr:
                return expr.Type;
            case LoadExpr load:
                Access(load.Access);
                return load.Access.Buffer.Type;
            case LocalExpr local:
                Require(_locals.Contains(local.Local), $"local {local.Local} is used before it is defined");
                return local.Local.Type;
            case IndexExpr index:
                foreach (var (axis, _) in index.Index.Terms)
                {
                    Counted(axis);
                }

                return DType.Int32;
            case UnaryExpr u:
                return Unary(u);
            case BinaryExpr b:
                return Binary(b);
            case FmaExpr f:
                Require(f.Type.IsFloating(), $"a fused product of {f.Type.Name()}");
                Same(f.Type, Expression(f.A), "a fused product");
                Same(f.Type, Expression(f.B), "a fused product");
                Same(f.Type, Expression(f.C), "a fused product");
                return f.Type;
            case SelectExpr s:
                Same(DType.Bool, Expression(s.Condition), "a selection");
                Same(Expression(s.WhenTrue), Expression(s.WhenFalse), "a selection");
                return s.WhenTrue.Type;
            case CastExpr c:
                _ = Expression(c.X);
                return c.Type;
            default:
                throw new UnreachableException($"{expr}");
        }
    }

    private DType Unary(UnaryExpr u)
    {
        var type = Expression(u.X);
        var fits = u.Op switch
        {
            UnaryMachineOp.Not => type == DType.Bool,
            UnaryMachineOp.Negate or UnaryMachineOp.Abs or UnaryMachineOp.Relu => type != DType.Bool,
            _ => type.IsFloating(),
        };
        Require(fits, $"{u.Op} of {type.Name()}");
        return type;
    }

    private DType Binary(BinaryExpr b)
    {
        var type = Expression(b.A);
        Same(type, Expression(b.B), $"{b.Op}");
        var fits = b.Op switch
        {
            BinaryMachineOp.And or BinaryMachineOp.Or => type == DType.Bool,
            BinaryMachineOp.Divide or BinaryMachineOp.Pow => type.IsFloating(),
            BinaryMachineOp.Equal or BinaryMachineOp.NotEqual => true,
            _ => type != DType.Bool,
        };
        Require(fits, $"{b.Op} of {type.Name()}");
        return b.Type;
    }

    private void Same(DType expected, DType actual, string what) =>
        Require(expected == actual, $"{what} takes {expected.Name()}, not {actual.Name()}");

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InternalCompilerException("Kernels", $"kernel \"{DisplayName.Of(_kernel.Name)}\": {what}");
        }
    }
}
