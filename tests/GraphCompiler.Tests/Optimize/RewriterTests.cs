using System.Collections.Immutable;
using GraphCompiler.Autodiff;
using GraphCompiler.Diagnostics;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Optimize;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Tests.Optimize;

/// <summary>Rules that are mistakes: each is reported by its name, none hangs the compiler.</summary>
public sealed class RewriterTests
{
    private static InternalCompilerException Problem(Func<Node, Tensor?> rule)
    {
        var graph = new Graph();
        var odd = Tensor.Apply(new Odd(0, rule), graph.Input("x", [2]), Origin.None);
        graph.Output("y", odd);
        return Assert.Throws<InternalCompilerException>(() => Optimizer.Run(graph, graph.Outputs, [], new OptimizerOptions()))!;
    }

    private static Tensor Next(Node node, int number) => Tensor.Apply(((Odd)node.Operator) with { Number = number }, node.Inputs[0], Origin.None);

    [Test]
    public void Settle_RulesThatUndoEachOther_IsReported() =>
        Assert.That(Problem(n => Next(n, 1 - ((Odd)n.Operator).Number)).Message, Does.Contain("undo each other").And.Contain("please report"));

    [Test]
    public void Settle_RuleThatWrapsItsNode_IsReported() =>
        Assert.That(Problem(n => n.Results[0].Negate().Negate()).Message, Does.Contain("undo each other"));

    [Test]
    public void Settle_RuleWithoutEnd_IsReported() =>
        Assert.That(Problem(n => Next(n, ((Odd)n.Operator).Number + 1)).Message, Does.Contain("more than"));

    [Test]
    public void Settle_RuleThatChangesTheType_IsReportedByName() =>
        Assert.That(Problem(n => n.Inputs[0].Reshape([2, 1])).Message, Does.Contain("the rule odd made"));

    [Test]
    public void Settle_RuleThatFails_IsReportedWithItsCause()
    {
        var problem = Problem(n => n.Inputs[0].Reshape([5]));

        Assert.That(problem.Message, Does.Contain("the rule odd failed"));
        Assert.That(problem.InnerException, Is.TypeOf<GraphException>());
    }

    private sealed record Odd(int Number, Func<Node, Tensor?> Rule) : Operator
    {
        public override string Name => "odd";

        internal override ImmutableArray<Rule> Rewrites => [new("odd", "none", Rule)];

        internal override EquatableArray<TensorType> Infer(InferScope s) => [s[0]];

        internal override InputGradients Gradient(GradientScope g) => [];

        internal override Lowering Lower(LoweringScope s) => throw new NotSupportedException();

        internal override void Reference(ReferenceScope r) => throw new NotSupportedException();

        internal override Cost Cost(Node node) => GraphCompiler.Operators.Cost.Free;
    }
}
