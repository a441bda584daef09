namespace GraphCompiler.Kernels;

/// <summary>Every access of a kernel, the axes whose value is used as data, how many loops there are, and whether there is vector math.</summary>
internal sealed class AccessCollector
{
    private readonly List<Access> _accesses = [];
    private readonly HashSet<Axis> _valued = [];

    public AccessCollector(IEnumerable<KernelStatement> statements)
    {
        foreach (var statement in statements)
        {
            Visit(statement);
        }
    }

    public IReadOnlyList<Access> Accesses => _accesses;

    /// <summary>Axes that an expression asks the value of.</summary>
    public IReadOnlySet<Axis> Valued => _valued;

    /// <summary>Whether an expression calls vector math.</summary>
    public bool HasFunctions { get; private set; }

    /// <summary>Loops, those within loops included.</summary>
    public int Loops { get; private set; }

    private void Visit(KernelStatement statement)
    {
        switch (statement)
        {
            case ForStatement loop:
                Loops++;
                foreach (var inner in loop.Body)
                {
                    Visit(inner);
                }

                break;
            case ReduceStatement reduce:
                foreach (var inner in reduce.Body)
                {
                    Visit(inner);
                }

                break;
            case ContractStatement contract:
                Visit(contract.A);
                Visit(contract.B);
                foreach (var inner in contract.LoadPartial.Concat(contract.StorePartial).Concat(contract.Epilogue))
                {
                    Visit(inner);
                }

                break;
            case IfStatement condition:
                Visit(condition.Condition);
                foreach (var inner in condition.Body)
                {
                    Visit(inner);
                }

                break;
            case LetStatement let:
                Visit(let.Value);
                break;
            case StoreStatement store:
                Visit(store.Access);
                Visit(store.Value);
                break;
            case AccumulateStatement accumulate:
                Visit(accumulate.Value);
                break;
            case VariableStatement variable:
                Visit(variable.Initial);
                break;
            case AssignStatement assign:
                Visit(assign.Value);
                break;
        }
    }

    private void Visit(Access access)
    {
        _accesses.Add(access);
        if (access.Indirect is { } indirect)
        {
            Visit(indirect);
        }
    }

    private void Visit(KernelExpr expr)
    {
        switch (expr)
        {
            case LoadExpr load:
                Visit(load.Access);
                break;
            case IndexExpr index:
                foreach (var (axis, _) in index.Index.Terms)
                {
                    _valued.Add(axis);
                }

                break;
            case UnaryExpr u:
                HasFunctions |= u.Op.IsFunction();
                Visit(u.X);
                break;
            case BinaryExpr b:
                HasFunctions |= b.Op.IsFunction();
                Visit(b.A);
                Visit(b.B);
                break;
            case FmaExpr f:
                Visit(f.A);
                Visit(f.B);
                Visit(f.C);
                break;
            case SelectExpr s:
                Visit(s.Condition);
                Visit(s.WhenTrue);
                Visit(s.WhenFalse);
                break;
            case CastExpr c:
                Visit(c.X);
                break;
        }
    }
}
