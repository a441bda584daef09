using GraphCompiler;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using Mnist.Datasets;
using Mnist.Network;

namespace Mnist.Training;

/// <summary>The evaluation, compiled and ready to run.</summary>
internal sealed class Evaluator : IDisposable
{
    private const int MaxBatch = 500;

    private readonly Dim _batch = Dim.Symbol("batch", MaxBatch);
    private readonly CompiledGraph _compiled;
    private readonly Execution _run;
    private readonly Input<float> _images;
    private readonly Input<int> _labels;
    private readonly Output<float> _correct;

    /// <summary>Compiles the evaluation.</summary>
    /// <param name="variables">The parameters, shared with training.</param>
    /// <param name="seed">As for training.</param>
    /// <param name="options">How to compile.</param>
    /// <param name="cancellation">Stops the compilation.</param>
    public Evaluator(Variables variables, long seed, CompileOptions options, CancellationToken cancellation)
    {
        Graph = EvaluationGraph.Declare(_batch, seed);
        _compiled = Graph.Compile(options, cancellation);
        _run = _compiled.CreateExecution(variables);
        _images = _compiled.Input<float>("images");
        _labels = _compiled.Input<int>("labels");
        _correct = _compiled.Output<float>("correct");
    }

    /// <summary>The graph as declared.</summary>
    public Graph Graph { get; }

    /// <summary>The generated C#.</summary>
    public string Source => _compiled.Source;

    /// <summary>How the kernels came to be.</summary>
    public (TimeSpan Time, bool WasCached) Compilation => (_compiled.Report.Total, _compiled.WasCached);

    /// <summary>Kernels, flops, bytes and the memory plan.</summary>
    public string Summary => _compiled.Summary;

    /// <summary>The fraction of images that the network recognises.</summary>
    public double Accuracy(Digits digits, CancellationToken cancellation)
    {
        var correct = 0L;
        var order = Enumerable.Range(0, digits.Count).ToArray();
        foreach (var chosen in order.Chunk(MaxBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            _run.Bind(_batch, chosen.Length);
            digits.CopyTo(chosen, _run.Span(_images), _run.Span(_labels));
            _run.Run();
            correct += (long)_run.Scalar(_correct);
        }

        return (double)correct / digits.Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _compiled.Dispose();
    }
}
