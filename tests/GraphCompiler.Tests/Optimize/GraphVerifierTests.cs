using GraphCompiler.Autodiff;
using GraphCompiler.Diagnostics;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Shapes;

namespace GraphCompiler.Tests.Optimize;

public sealed class GraphVerifierTests
{
    private static InternalCompilerException Problem(Graph graph) =>
        Assert.Throws<InternalCompilerException>(() => GraphVerifier.Verify(graph, "Somewhere"))!;

    [Test]
    public void Verify_GraphWithGradients_Passes()
    {
        var graph = new Graph();
        var (x, w) = (graph.Input("x", [Dim.Symbol("batch", 4), 3]), graph.Parameter("w", [3, 2], Init.Zeros));
        var loss = graph.Output("loss", x.MatMul(w).Softmax().Log().Sum());
        graph.Update(w, w - graph.Gradients(loss, w)[0]);

        Assert.That(() => GraphVerifier.Verify(graph), Throws.Nothing);
    }

    [Test]
    public void Verify_Problem_NamesTheStageAndCarriesTheGraph()
    {
        var graph = new Graph();
        graph.AddOutput("y", new Graph("other").Input("x", [1]));

        var problem = Problem(graph);

        Assert.That(problem.Stage, Is.EqualTo("Somewhere"));
        Assert.That(problem.Message, Does.Contain("please report").And.Contain("Somewhere").And.Contain("output \"y\""));
        Assert.That(problem.Dump, Is.EqualTo(graph.ToString()));
    }

    [Test]
    public void Verify_OutputTwice_Fails()
    {
        var graph = new Graph();
        var x = graph.Input("x", [1]);
        graph.AddOutput("y", x);
        graph.AddOutput("y", x);

        Assert.That(Problem(graph).Message, Does.Contain("output \"y\""));
    }

    [Test]
    public void Verify_UpdateOfAnotherType_Fails()
    {
        var graph = new Graph();
        graph.AddUpdate(graph.State("s", DType.Float32, [2], Init.Zeros), graph.Input("x", [3]));

        Assert.That(Problem(graph).Message, Does.Contain("update s: float32[2] <- x: float32[3]"));
    }

    [Test]
    public void Verify_UpdateOfAnInput_Fails()
    {
        var graph = new Graph();
        var x = graph.Input("x", [3]);
        graph.AddUpdate(x, x);

        Assert.That(Problem(graph).Message, Does.Contain("update"));
    }

    [Test]
    public void Verify_NameThatTheTensorDoesNotBear_Fails()
    {
        var graph = new Graph();
        graph.NameLog.Add(("z", graph.Input("x", [3])));

        Assert.That(Problem(graph).Message, Does.Contain("\"z\""));
    }

    [Test]
    public void Verify_NameMissingInTheLog_Fails()
    {
        var graph = new Graph();
        graph.Input("x", [3]);
        graph.NameLog.Clear();

        Assert.That(Problem(graph).Message, Does.Contain("log of names"));
    }

    [Test]
    public void Verify_LeafUnderAnotherName_Fails()
    {
        var graph = new Graph();
        graph.AddLeaf(new InputOp("x", new TensorType(DType.Float32, [1])), "y", Origin.None);

        Assert.That(Problem(graph).Message, Does.Contain("leaf \"y\""));
    }

    [Test]
    public void Verify_LeafThatIsNotListed_Fails()
    {
        var graph = new Graph();
        graph.Add(new InputOp("x", new TensorType(DType.Float32, [1])), [], Origin.None);

        Assert.That(Problem(graph).Message, Does.Contain("not among the leaves"));
    }

    [Test]
    public void Verify_OperatorThatInfersAnotherType_Fails()
    {
        var graph = new Graph();
        var fickle = new Fickle();
        graph.Add(fickle, [], Origin.None);
        fickle.Extents.Value = 2;

        Assert.That(Problem(graph).Message, Does.Contain("other types"));
    }

    [Test]
    public void Verify_OperatorWhoseHashChanges_Fails()
    {
        var graph = new Graph();
        var fickle = new Fickle();
        graph.Add(fickle, [], Origin.None);
        fickle.Extents.Hash = 2;

        Assert.That(Problem(graph).Message, Does.Contain("not the one node"));
    }

    private sealed class Changing
    {
        public long Value { get; set; } = 1;

        public int Hash { get; set; }
    }

    // An operator that breaks the rule that operators do not change.
    private sealed record Fickle : Operator
    {
        public Changing Extents { get; } = new();

        public override string Name => "fickle";

        public bool Equals(Fickle? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Extents.Hash;

        internal override EquatableArray<TensorType> Infer(InferScope s) => [new TensorType(DType.Float32, [Extents.Value])];

        internal override InputGradients Gradient(GradientScope g) => [];

        internal override Lowering Lower(LoweringScope s) => throw new NotSupportedException();

        internal override void Reference(ReferenceScope r) => throw new NotSupportedException();

        internal override Cost Cost(Node node) => GraphCompiler.Operators.Cost.Free;
    }
}
