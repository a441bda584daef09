using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Shapes;

/// <summary>
/// A C# operator knows the line of the statement that it stands in: in debuggable and in optimised IL, as the JIT first
/// compiles it and, where the caller asks for it, fully optimised.
/// </summary>
public sealed class OperatorOriginTests
{
    private const MethodImplOptions Optimised = MethodImplOptions.AggressiveOptimization;

    private static readonly Func<Tensor, Tensor, Tensor> Add = typeof(Tensor)
        .GetMethod("op_Addition", [typeof(Tensor), typeof(Tensor)])!.CreateDelegate<Func<Tensor, Tensor, Tensor>>();

    private static int _tailLine;

    private readonly Graph _graph = new();
    private readonly Tensor _x;
    private readonly Tensor _b;

    public OperatorOriginTests() => (_x, _b) = (_graph.Input("x", [2]), _graph.Input("b", [2]));

    private int PropertyLine { get; set; }

    private Tensor Property
    {
        [MethodImpl(Optimised)]
        get { PropertyLine = Line(); return _x / _b; }
    }

    [Test]
    public void Statements_PassingValuesOnTheStack_HaveTheirOwnLines()
    {
        var x = _graph.Input("y", [2]); var line = Line();
        var a = x * x;
        var c = a + _b;
        var d = c - x;
        AssertLines(line + 1, a);
        AssertLines(line + 2, c);
        AssertLines(line + 3, d);
    }

    [Test]
    [MethodImpl(Optimised)]
    public void Statements_Optimised_HaveTheirOwnLines()
    {
        var line = Line();
        var a = _x * _x;
        var c = a + _b;
        var d = -c;
        AssertLines(line + 3, d);
        AssertLines(line + 2, c);
        AssertLines(line + 1, a);
    }

    [Test]
    public void Chain_OverSeveralLines_HasTheLineOfItsStatement()
    {
        var line = Line();
        var y = _x
            * _b
            + _x;
        AssertLines(line + 1, y, y.Node.Inputs[0]);
    }

    [Test]
    public void Chain_PassedToAMethod_HasTheLineOfItsStatement()
    {
        var line = Line();
        var y = Same(_x * _b) + _x;
        var z = Same(y - _x);
        AssertLines(line + 1, y, y.Node.Inputs[0]);
        AssertLines(line + 2, z);
    }

    [Test]
    public void Conditional_WithinAnExpression_HasTheLineOfItsStatement([Values] bool add)
    {
        var line = Line();
        var y = Same(add ? _x + _b : _x * _b);
        AssertLines(line + 1, y);
    }

    [Test]
    [MethodImpl(Optimised)]
    public void Return_InTailPosition_NamesTheLineOfTheReturn()
    {
        var y = Tail(_x, _b);
        AssertLines(_tailLine, y);
        var z = TailOfTail(_b, _x);
        AssertLines(_tailLine, z);
    }

    [Test]
    public void Lambda_ThatAddsAndReturns_NamesTheLineInTheLambda()
    {
        Func<Tensor, Tensor> add = x => x + _b; var line = Line();
        AssertLines(line, add(_x));
    }

    [Test]
    [MethodImpl(Optimised)]
    public void Loop_ThatAppliesAnOperator_NamesTheLineInTheLoop()
    {
        var y = _x;
        var line = 0;
        for (var i = 0; i < 3; i++)
        {
            line = Line();
            y = y * _b;
        }

        var z = y / _b; var after = Line();
        AssertLines(line + 1, y, y.Node.Inputs[0]);
        AssertLines(after, z);
    }

    [Test]
    public void Constructor_ThatAppliesAnOperator_NamesItsLine()
    {
        var layer = new Layer(_x, _b);
        AssertLines(layer.Line, layer.Sum);
    }

    [Test]
    public void Property_ThatAppliesAnOperator_NamesItsLine()
    {
        var y = Property;
        AssertLines(PropertyLine, y);
    }

    [Test]
    public void GenericMethod_ThatAppliesAnOperator_NamesItsLine()
    {
        var (y, z) = (Generic<string>.Add<int>(_x, _b), Generic<string>.Add<object>(_x, _x));
        AssertLines(Generic<string>.Line, y, z);
    }

    [Test]
    public void Operator_WithAConstant_NamesItsLine()
    {
        var line = Line();
        var y = _x * 2.0;
        var z = 1.0 - y;
        AssertLines(line + 1, y);
        AssertLines(line + 2, z);
    }

    [Test]
    public void Operator_CalledThroughADelegate_IsNotTakenForALaterOne()
    {
        var y = Add(_x, _b); var line = Line();
        AssertLines(line, y);
        var z = _b + _x; var after = Line();
        AssertLines(after, z);
    }

    [Test]
    public void Operator_CalledByReflection_IsNowhereWithoutAnError()
    {
        var add = typeof(Tensor).GetMethod("op_Addition", [typeof(Tensor), typeof(Tensor)])!;
        var y = (Tensor)add.Invoke(null, [_x, _b])!;
        Assert.That(y.Node.Origins[0].ToString, Throws.Nothing);
    }

    [Test]
    public void Operator_CalledByADynamicMethod_IsNowhereWithoutAnError()
    {
        var method = new DynamicMethod("add", typeof(Tensor), [typeof(Tensor), typeof(Tensor)], typeof(OperatorOriginTests));
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(Tensor).GetMethod("op_Addition", [typeof(Tensor), typeof(Tensor)])!);
        il.Emit(OpCodes.Ret);
        var y = method.CreateDelegate<Func<Tensor, Tensor, Tensor>>()(_x, _b);
        Assert.That(y.Node.Origins[0].Line, Is.Zero);
        Assert.That(y.Node.Origins[0].File, Is.Empty);
    }

    [MethodImpl(Optimised)]
    private static Tensor Tail(Tensor x, Tensor b)
    {
        _tailLine = Line() + 1;
        return x + b;
    }

    [MethodImpl(Optimised)]
    private static Tensor TailOfTail(Tensor x, Tensor b) => Tail(x, b);

    private static Tensor Same(Tensor x) => x;

    private static void AssertLines(int line, params Tensor[] tensors)
    {
        foreach (var tensor in tensors)
        {
            Assert.That(tensor.Node.Origins.Select(static o => o.Line).Distinct(), Is.EqualTo(new[] { line }), tensor.ToString());
            Assert.That(Path.GetFileName(tensor.Node.Origins[0].File), Is.EqualTo("OperatorOriginTests.cs"));
        }
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static class Generic<T>
    {
        public static int Line { get; private set; }

        public static Tensor Add<TOther>(Tensor x, Tensor b)
        {
            Line = OperatorOriginTests.Line() + 1;
            return typeof(T) == typeof(TOther) ? x : x + b;
        }
    }

    private sealed class Layer
    {
        public Layer(Tensor x, Tensor b)
        {
            Line = OperatorOriginTests.Line() + 1;
            Sum = x + b;
        }

        public int Line { get; }

        public Tensor Sum { get; }
    }
}
