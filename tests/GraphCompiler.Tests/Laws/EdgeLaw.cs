using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>The definition says what the documentation says at the edges of the domain.</summary>
public sealed class EdgeLaw
{
    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Evaluate_EdgeOfTheDomain_IsWhatIsDocumented(string name)
    {
        foreach (var edge in OperatorSamples.Named(name).Edges)
        {
            var graph = new Graph();
            var leaves = edge.Inputs.Select((_, i) => graph.Input($"x{i}", edge.Type, [])).ToArray();
            var y = edge.Apply(leaves);
            var interpreter = new Interpreter(rounding: true);
            for (var i = 0; i < leaves.Length; i++)
            {
                interpreter.Feed(leaves[i], new ReferenceArray(edge.Type, [], [edge.Inputs[i]]));
            }

            var value = interpreter.Evaluate(y).Data.Single();
            Assert.That(Bits.AreEqual(value, edge.Result), $"{edge.Type.Name()} {string.Join(", ", edge.Inputs)}: {value:R} instead of {edge.Result:R}");
        }
    }
}
