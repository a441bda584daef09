using GraphCompiler.Benchmarks.Works;
using GraphCompiler.Runtime;

namespace GraphCompiler.Benchmarks.Measuring;

/// <summary>A compiled work with memory to run in, fed and ready.</summary>
internal sealed class Session : IDisposable
{
    public Session(Work work, int threads) : this(work, work.Declare().Compile(new CompileOptions { Workers = threads }))
    {
    }

    /// <summary>Takes a graph that was compiled in another way; it is disposed with the session.</summary>
    public Session(Work work, CompiledGraph compiled)
    {
        Compiled = compiled;
        Execution = compiled.CreateExecution();
        work.Feed(this);
        Call = work.Call(this);
    }

    public CompiledGraph Compiled { get; }

    public Execution Execution { get; }

    /// <summary>What is measured.</summary>
    public Action Call { get; }

    /// <summary>Fills an input, as <see cref="Inputs.Fill"/>.</summary>
    public void Fill(string input, uint seed, float scale = 1, float offset = 0) =>
        Inputs.Fill(Execution.Span(Compiled.Input<float>(input)), seed, scale, offset);

    /// <summary>Replaces the values of a variable, as <see cref="Inputs.Fill"/>.</summary>
    public void FillVariable(string name, uint seed, float scale = 1, float offset = 0)
    {
        var variable = Execution.Variables[name];
        var values = new float[variable.ElementCount];
        Inputs.Fill(values, seed, scale, offset);
        variable.Write<float>(values);
    }

    /// <summary>The last run's value of an output.</summary>
    public ReadOnlySpan<float> Output(string name) => Execution.Span(Compiled.Output<float>(name));

    public void Dispose()
    {
        Execution.Dispose();
        Compiled.Dispose();
    }
}
