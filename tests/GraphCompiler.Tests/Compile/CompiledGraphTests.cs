using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Compile;

public sealed class CompiledGraphTests
{
    [Test]
    public void Compile_HandWrittenProgram_RunsOverASymbolicBatch()
    {
        using var compiled = HandWritten.Double().Compile();
        using var execution = compiled.CreateExecution();
        var x = compiled.Input<float>("x");
        var y = compiled.Output<float>("y");
        foreach (var batch in new[] { 1, 3, 64, 0, 7 })
        {
            float[] values = [.. Enumerable.Range(0, batch * 4).Select(i => (float)i)];
            execution.Feed(x, values);
            execution.Run();
            Assert.That(execution.Read(y), Is.EqualTo(values.Select(v => 2 * v)));
        }
    }
}
