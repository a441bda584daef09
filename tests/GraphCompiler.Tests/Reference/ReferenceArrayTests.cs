using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Reference;

public sealed class ReferenceArrayTests
{
    [Test]
    public void At_OutsideAnAxis_Throws()
    {
        var array = new ReferenceArray(DType.Float32, [2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.At([0, 3]) = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.At([-1, 4]) = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.At([1]) = 1);
    }

    [Test]
    public void ForEach_Shape_VisitsRowMajor()
    {
        var visited = new List<string>();
        ReferenceArray.ForEach([2, 1, 2], i => visited.Add(string.Join("", i)));
        Assert.That(visited, Is.EqualTo(new[] { "000", "001", "100", "101" }));
        ReferenceArray.ForEach([], i => visited.Add("scalar"));
        ReferenceArray.ForEach([2, 0], _ => visited.Add("never"));
        Assert.That(visited[4..], Is.EqualTo(new[] { "scalar" }));
    }

    [Test]
    public void Interpreter_Rounding_RoundsEachResult()
    {
        var graph = new Graph();
        var x = graph.Input("x", []);
        var y = (x + 16777216) - 16777216;
        Assert.That(Value(rounding: true), Is.Zero);
        Assert.That(Value(rounding: false), Is.EqualTo(0.5));

        double Value(bool rounding)
        {
            var interpreter = new Interpreter(rounding);
            interpreter.Feed(x, new ReferenceArray(DType.Float32, [], [0.5]));
            return interpreter.Evaluate(y).Data[0];
        }
    }
}
