using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.WorkedExamples;

/// <summary>A graph with numbers to feed it and numbers that must come out: of the interpreter, and of compiled code on every target.</summary>
internal sealed class Example
{
    private readonly List<(Tensor Leaf, ReferenceArray Value)> _feeds = [];
    private readonly List<(double[] Expected, double Tolerance)> _expected = [];

    public Graph Graph { get; } = new("example");

    public Tensor Input(string name, params double[] values) => Input(name, [values.Length], values);

    public Tensor Input(string name, long[] shape, params double[] values)
    {
        var leaf = Graph.Input(name, Shape.Create([.. shape.Select(static d => (Dim)d)]));
        _feeds.Add((leaf, new ReferenceArray(DType.Float32, shape, [.. values.Select(static v => (double)(float)v)])));
        return leaf;
    }

    public Tensor Scalar(string name, double value) => Input(name, [], value);

    /// <summary>States a result, row-major, to within an absolute tolerance.</summary>
    public void Expect(string name, Tensor result, double tolerance, params double[] values)
    {
        Graph.Output(name, result);
        _expected.Add((values, tolerance));
    }

    public void Check()
    {
        var interpreter = new Interpreter(rounding: true);
        foreach (var (leaf, value) in _feeds)
        {
            interpreter.Feed(leaf, value);
        }

        Check("interpreter", [.. Graph.Outputs.Select(o => interpreter.Evaluate(o.Tensor))]);
        foreach (var runner in TargetRunners.All)
        {
            Check(runner.Target, runner.Run(Graph, _feeds));
        }
    }

    private void Check(string target, ReferenceArray[] results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            Assert.That(results[i].Data, Is.EqualTo(_expected[i].Expected).Within(_expected[i].Tolerance), $"{Graph.Outputs[i].Name} on {target}");
        }
    }
}
