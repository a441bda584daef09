using GraphCompiler.Runtime;

namespace GraphCompiler.Kernels;

/// <summary>
/// A typed scalar expression of kernel IR. Lanes are not here: they belong to the loop around it. The set is closed
/// (machine operations and vector-math calls), so consumers switch over it. Trees, not DAGs: sharing goes through locals.
/// </summary>
internal abstract class KernelExpr(DType type)
{
    private Node? _node;
    private List<Node>? _others;

    public DType Type => type;

    /// <summary>The nodes whose values are computed here, as far as that was said: one, and those that were folded into it.</summary>
    public IEnumerable<Node> Nodes => _node is null ? [] : _others is null ? [_node] : [_node, .. _others];

    /// <summary>Says that this computes a node's value. It changes nothing of what is computed.</summary>
    public void Computes(Node node)
    {
        if (_node is null)
        {
            _node = node;
        }
        else if (!ReferenceEquals(_node, node) && _others?.Contains(node) != true)
        {
            (_others ??= []).Add(node);
        }
    }

    /// <summary>Says that this computes what another expression did.</summary>
    public void ComputesAlso(KernelExpr other)
    {
        foreach (var node in other.Nodes)
        {
            Computes(node);
        }
    }

    public static KernelExpr operator +(KernelExpr a, KernelExpr b) => new BinaryExpr(BinaryMachineOp.Add, a, b);

    public static KernelExpr operator -(KernelExpr a, KernelExpr b) => new BinaryExpr(BinaryMachineOp.Subtract, a, b);

    public static KernelExpr operator *(KernelExpr a, KernelExpr b) => new BinaryExpr(BinaryMachineOp.Multiply, a, b);

    public static KernelExpr operator /(KernelExpr a, KernelExpr b) => new BinaryExpr(BinaryMachineOp.Divide, a, b);

    public static KernelExpr operator -(KernelExpr a) => new UnaryExpr(UnaryMachineOp.Negate, a);
}

/// <summary>A literal; float32 literals are exact in double.</summary>
internal sealed class ConstantExpr(DType type, double value) : KernelExpr(type)
{
    public double Value => value;
}

/// <summary>An element of a buffer.</summary>
internal sealed class LoadExpr(Access access) : KernelExpr(access.Buffer.Type)
{
    public Access Access => access;
}

/// <summary>The value of a local, an accumulator included.</summary>
internal sealed class LocalExpr(Local local) : KernelExpr(local.Type)
{
    public Local Local => local;
}

/// <summary>An index as an int32 value.</summary>
internal sealed class IndexExpr(AffineIndex index) : KernelExpr(DType.Int32)
{
    public AffineIndex Index => index;
}

/// <summary>The value that a run gave to an extent.</summary>
internal sealed class DimExpr(DType type, Dim dim) : KernelExpr(type)
{
    public Dim Dim => dim;
}

internal sealed class UnaryExpr(UnaryMachineOp op, KernelExpr x) : KernelExpr(x.Type)
{
    public UnaryMachineOp Op => op;

    public KernelExpr X => x;
}

internal sealed class BinaryExpr(BinaryMachineOp op, KernelExpr a, KernelExpr b)
    : KernelExpr(op >= BinaryMachineOp.Equal ? DType.Bool : a.Type)
{
    public BinaryMachineOp Op => op;

    public KernelExpr A => a;

    public KernelExpr B => b;
}

/// <summary><c>round(a·b + c)</c>, one rounding.</summary>
internal sealed class FmaExpr(KernelExpr a, KernelExpr b, KernelExpr c) : KernelExpr(a.Type)
{
    public KernelExpr A => a;

    public KernelExpr B => b;

    public KernelExpr C => c;
}

internal sealed class SelectExpr(KernelExpr condition, KernelExpr whenTrue, KernelExpr whenFalse) : KernelExpr(whenTrue.Type)
{
    public KernelExpr Condition => condition;

    public KernelExpr WhenTrue => whenTrue;

    public KernelExpr WhenFalse => whenFalse;
}

/// <summary>Conversion: float to int32 truncates and saturates, NaN becomes 0; to bool is <c>≠ 0</c>.</summary>
internal sealed class CastExpr(DType type, KernelExpr x) : KernelExpr(type)
{
    public KernelExpr X => x;
}

/// <summary>Unary machine operations and vector-math functions.</summary>
internal enum UnaryMachineOp
{
    Negate,
    Abs,
    Sqrt,
    Exp,
    Log,
    Tanh,
    Sigmoid,
    Erf,
    NormalCdf,
    Relu,
    Not,
}

/// <summary>Binary machine operations; those from <see cref="Equal"/> on yield bool.</summary>
internal enum BinaryMachineOp
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
    Pow,
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
}

/// <summary>An assigned-once value of kernel IR.</summary>
internal sealed class Local(string name, DType type)
{
    /// <summary>Hint for the name in generated code.</summary>
    public string Name => name;

    public DType Type => type;

    public override string ToString() => name;
}
