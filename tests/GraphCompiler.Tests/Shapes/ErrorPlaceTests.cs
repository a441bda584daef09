using System.Runtime.CompilerServices;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Shapes;

/// <summary>A mistake is reported at the line that made it, whether a C# operator or a method was called, optimised or not.</summary>
public sealed class ErrorPlaceTests
{
    private readonly Graph _graph = new();
    private Tensor? _operand;

    [Test]
    public void Operator_ShapesThatDoNotBroadcast_NamesThisFileAndLine()
    {
        var (x, b) = (_graph.Input("x", [64, 784]), _graph.Input("b", [700]));
        var line = 0;
        var error = Assert.Throws<GraphException>(() =>
        {
            line = Line();
            _ = x + b;
        })!;
        AtLine(error, line + 1);
        Assert.That(error.Message, Is.EqualTo(
            $"GRC0101: Add requires shapes that broadcast (equal extents, or 1, aligned at the last axis): \"x\" is float32[64, 784], \"b\" is float32[700] (ErrorPlaceTests.cs:{line + 1})"));
    }

    [Test]
    public void Operator_InALongStatement_NamesALineOfIt()
    {
        var (x, b) = (_graph.Input("x", [2, 3]), _graph.Input("b", [4]));
        var line = 0;
        var error = Assert.Throws<GraphException>(() =>
        {
            line = Line();
            var y = (x * x) - b;
            _ = y.Exp();
        })!;
        AtLine(error, line + 1);
    }

    [Test]
    public void Method_ShapesThatDoNotBroadcast_NamesThisFileAndLine()
    {
        var (x, b) = (_graph.Input("x", [2, 3]), _graph.Input("b", [4]));
        var error = Assert.Throws<GraphException>(() => x.Add(b))!; var line = Line();
        AtLine(error, line);
    }

    [Test]
    public void MatMul_InnerDimensionsThatDiffer_SaysBothSides()
    {
        var (x, w) = (_graph.Input("x", [64, 784]), _graph.Input("w1", [700, 256]));
        var error = Assert.Throws<GraphException>(() => x.MatMul(w))!; var line = Line();
        Assert.That(error.Message, Is.EqualTo(
            $"GRC0121: MatMul requires inner dimensions to match: \"x\" is [64, 784], \"w1\" is [700, 256] (ErrorPlaceTests.cs:{line})"));
    }

    [Test]
    public void Gradients_OfAMatrix_NamesThisLine()
    {
        var x = _graph.Input("x", [2]);
        var error = Assert.Throws<GraphException>(() => _graph.Gradients(x, x))!; var line = Line();
        AtLine(error, line);
    }

    [Test]
    public void UnnamedTensor_InAnError_IsDescribedByOperatorAndLine()
    {
        var x = _graph.Input("x", [2, 3]);
        var y = x.Exp(); var line = Line();
        var error = Assert.Throws<GraphException>(() => y.Reshape([7]))!;
        Assert.That(error.Message, Does.Contain($"the result of exp at ErrorPlaceTests.cs:{line} is float32[2, 3]"));
    }

    // Optimised code is not mapped to statements exactly: there, the line can be that of the statement before.
    [Test]
    [MethodImpl(MethodImplOptions.NoOptimization)]
    public void Origins_OfAnOperator_AreTheLinesThatDeclaredIt()
    {
        // A field: a local would stay on the evaluation stack from one statement to the next, and optimised code would not
        // tell the two products apart.
        _operand = _graph.Input("x", [2]);
        var a = _operand * _operand; var first = Line();
        var b = _operand * _operand;
        Assert.That(b, Is.SameAs(a));
        Assert.That(a.Node.Origins.Select(static o => o.Line), Is.EqualTo(new[] { first, first + 1 }));
        Assert.That(a.Node.Origins.Select(static o => Path.GetFileName(o.File)), Has.All.EqualTo("ErrorPlaceTests.cs"));
    }

    private static void AtLine(GraphException error, int line)
    {
        Assert.That(Path.GetFileName(error.File), Is.EqualTo("ErrorPlaceTests.cs"), error.Message);
        Assert.That(error.Line, Is.EqualTo(line), error.Message);
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
