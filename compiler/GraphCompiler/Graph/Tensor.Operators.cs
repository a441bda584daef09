using System.Runtime.CompilerServices;
using System.Security;
using GraphCompiler.Operators;

namespace GraphCompiler;

// C# operators cannot receive caller information, so each asks for its caller's frame; both attributes keep that frame true.
public sealed partial class Tensor
{
    /// <summary>Element-wise sum; see <see cref="Op.Add"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator +(Tensor left, Tensor right) => Binary(new AddOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Adds a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator +(Tensor left, double right) => Binary(new AddOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Adds a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator +(double left, Tensor right) => Binary(new AddOp(), left, right, Origin.OfCaller(right?.Graph));

    /// <summary>Element-wise difference; see <see cref="Op.Subtract"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator -(Tensor left, Tensor right) => Binary(new SubtractOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Subtracts a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator -(Tensor left, double right) => Binary(new SubtractOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Subtracts from a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator -(double left, Tensor right) => Binary(new SubtractOp(), left, right, Origin.OfCaller(right?.Graph));

    /// <summary>Element-wise product; see <see cref="Op.Multiply"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator *(Tensor left, Tensor right) => Binary(new MultiplyOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Multiplies by a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator *(Tensor left, double right) => Binary(new MultiplyOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Multiplies by a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator *(double left, Tensor right) => Binary(new MultiplyOp(), left, right, Origin.OfCaller(right?.Graph));

    /// <summary>Element-wise quotient; see <see cref="Op.Divide"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator /(Tensor left, Tensor right) => Binary(new DivideOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Divides by a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator /(Tensor left, double right) => Binary(new DivideOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Divides a constant of the tensor's element type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator /(double left, Tensor right) => Binary(new DivideOp(), left, right, Origin.OfCaller(right?.Graph));

    /// <summary>Element-wise negation; see <see cref="Op.Negate"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator -(Tensor x) => Apply(new NegateOp(), x, Origin.OfCaller(x?.Graph));

    /// <summary>Element-wise <c>left &lt; right</c>; see <see cref="Op.Less"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator <(Tensor left, Tensor right) => Binary(new LessOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Element-wise <c>left &gt; right</c>; see <see cref="Op.Greater"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator >(Tensor left, Tensor right) => Binary(new LessOp(), right, left, Origin.OfCaller(left?.Graph));

    /// <summary>Element-wise <c>left ≤ right</c>; see <see cref="Op.LessOrEqual"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator <=(Tensor left, Tensor right) => Binary(new LessOrEqualOp(), left, right, Origin.OfCaller(left?.Graph));

    /// <summary>Element-wise <c>left ≥ right</c>; see <see cref="Op.GreaterOrEqual"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public static Tensor operator >=(Tensor left, Tensor right) => Binary(new LessOrEqualOp(), right, left, Origin.OfCaller(left?.Graph));

    internal static Tensor Apply(Operator op, Tensor x, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Graph.Add(op, [x], origin).Results[0];
    }

    internal static Tensor Binary(Operator op, Tensor left, Tensor right, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.Graph.Add(op, [left, right], origin).Results[0];
    }

    private static Tensor Binary(Operator op, Tensor left, double right, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Graph.Add(op, [left, left.Graph.Splat(right, left.DType, Shape.Scalar, origin)], origin).Results[0];
    }

    private static Tensor Binary(Operator op, double left, Tensor right, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(right);
        return right.Graph.Add(op, [right.Graph.Splat(left, right.DType, Shape.Scalar, origin), right], origin).Results[0];
    }
}
