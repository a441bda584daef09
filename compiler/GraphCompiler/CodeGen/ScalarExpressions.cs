using System.Diagnostics;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>Kernel expressions as C# on one element.</summary>
internal sealed class ScalarExpressions(EmitContext context)
{
    public string Text(KernelExpr expr) => expr switch
    {
        ConstantExpr c => Literals.Of(c.Type, c.Value),
        LocalExpr l => context.Locals[l.Local].Parts[0],
        IndexExpr i => $"(int)({context.Sum(i.Index.Terms, i.Index.Constant)})",
        DimExpr { Type: DType.Bool } d => $"({context.Text(d.Dim)} != 0)",
        DimExpr d => $"({Literals.TypeOf(d.Type)}){context.Text(d.Dim)}",
        LoadExpr l => l.Type == DType.Bool ? $"({Place(l.Access)} != 0)" : Place(l.Access),
        UnaryExpr u => Unary(u),
        BinaryExpr b => Binary(b),
        FmaExpr f => $"Scalar.Fma({Text(f.A)}, {Text(f.B)}, {Text(f.C)})",
        SelectExpr s => $"({Text(s.Condition)} ? {Text(s.WhenTrue)} : {Text(s.WhenFalse)})",
        CastExpr c => Cast(c),
        _ => throw new UnreachableException($"{expr}"),
    };

    /// <summary>An element in memory, to read or to assign.</summary>
    public string Place(Access access)
    {
        var buffer = context.Buffers[access.Buffer];
        var index = Index(access);
        return index == "0" ? buffer : $"Unsafe.Add(ref {buffer}, {index})";
    }

    public string Index(Access access)
    {
        var index = context.Sum(access.Terms, access.Offset);
        if (access.Indirect is not { } indirect)
        {
            return index;
        }

        var step = $"(nint){Text(indirect)} * {context.Text(access.IndirectStride)}";
        return index == "0" ? step : $"{index} + {step}";
    }

    /// <summary>An operand without its outer brackets.</summary>
    public static string Bare(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[^1] != ')')
        {
            return text;
        }

        var depth = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return text;
            }
        }

        return text[1..^1];
    }

    private string Unary(UnaryExpr u)
    {
        var x = Text(u.X);
        return u.Op switch
        {
            UnaryMachineOp.Negate => u.Type == DType.Int32 ? $"unchecked(-{Signed(x)})" : $"(-{Signed(x)})",
            UnaryMachineOp.Abs => u.Type == DType.Int32 ? $"Scalar.Abs({x})" : $"Math.Abs({Bare(x)})",
            UnaryMachineOp.Sqrt => u.Type == DType.Float32 ? $"MathF.Sqrt({Bare(x)})" : $"Math.Sqrt({Bare(x)})",
            UnaryMachineOp.Not => $"!{x}",
            _ => $"{(u.Op.IsFunction() && !context.Inlined.Takes(u.Op, u.Type) ? "CallScalar" : "Scalar")}.{u.Op}({Bare(x)})",
        };
    }

    private string Binary(BinaryExpr b)
    {
        var (x, y) = (Text(b.A), Text(b.B));
        var isInteger = b.A.Type == DType.Int32;
        return b.Op switch
        {
            BinaryMachineOp.Add => Arithmetic("+"),
            BinaryMachineOp.Subtract => Arithmetic("-"),
            BinaryMachineOp.Multiply => Arithmetic("*"),
            BinaryMachineOp.Divide => $"({x} / {y})",
            BinaryMachineOp.Min or BinaryMachineOp.Max when isInteger => $"Math.{b.Op}({Bare(x)}, {Bare(y)})",
            BinaryMachineOp.Min or BinaryMachineOp.Max or BinaryMachineOp.Pow => $"Scalar.{b.Op}({Bare(x)}, {Bare(y)})",
            BinaryMachineOp.And => $"({x} & {y})",
            BinaryMachineOp.Or => $"({x} | {y})",
            BinaryMachineOp.Equal => $"({x} == {y})",
            BinaryMachineOp.NotEqual => $"({x} != {y})",
            BinaryMachineOp.Less => $"({x} < {y})",
            BinaryMachineOp.LessOrEqual => $"({x} <= {y})",
            _ => throw new UnreachableException($"{b.Op}"),
        };

        string Arithmetic(string op) => isInteger ? $"unchecked({x} {op} {y})" : $"({x} {op} {y})";
    }

    private string Cast(CastExpr c)
    {
        var x = Text(c.X);
        return (c.X.Type, c.Type) switch
        {
            (DType.Bool, DType.Bool) => x,
            (DType.Bool, _) => $"({x} ? {Literals.Of(c.Type, 1)} : {Literals.Of(c.Type, 0)})",
            (_, DType.Bool) => $"({x} != 0)",
            (DType.Float32 or DType.Float64, DType.Int32) => $"Scalar.ToInt32({Bare(x)})",
            _ => $"({Literals.TypeOf(c.Type)}){x}",
        };
    }

    // Two signs in a row are another operator.
    private static string Signed(string x) => x.StartsWith('-') ? $"({x})" : x;
}
