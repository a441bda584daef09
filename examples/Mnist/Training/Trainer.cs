using GraphCompiler;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using Mnist.Datasets;
using Mnist.Network;

namespace Mnist.Training;

/// <summary>The training step, compiled and ready to run.</summary>
internal sealed class Trainer : IDisposable
{
    private readonly int _maxBatch;
    private readonly Dim _batch;
    private readonly CompiledGraph _compiled;
    private readonly Execution _step;
    private readonly Input<float> _images;
    private readonly Input<int> _labels;
    private readonly Input<float> _rate;
    private readonly Output<float> _loss;

    /// <summary>Compiles the step and gives the parameters their initial values.</summary>
    /// <param name="variables">Gains the parameters and their velocities.</param>
    /// <param name="maxBatch">Images of a step; the last of an epoch may have fewer.</param>
    /// <param name="seed">Decides the initial weights.</param>
    /// <param name="options">How to compile.</param>
    /// <param name="cancellation">Stops the compilation.</param>
    public Trainer(
        Variables variables, int maxBatch, long seed, CompileOptions options, CancellationToken cancellation)
    {
        _maxBatch = maxBatch;
        _batch = Dim.Symbol("batch", maxBatch);
        Graph = TrainingGraph.Declare(_batch, seed);
        _compiled = Graph.Compile(options, cancellation);
        _step = _compiled.CreateExecution(variables);
        _images = _compiled.Input<float>("images");
        _labels = _compiled.Input<int>("labels");
        _rate = _compiled.Input<float>("rate");
        _loss = _compiled.Output<float>("loss");
    }

    /// <summary>The graph as declared.</summary>
    public Graph Graph { get; }

    /// <summary>The generated C#.</summary>
    public string Source => _compiled.Source;

    /// <summary>How the kernels came to be.</summary>
    public (TimeSpan Time, bool WasCached) Compilation => (_compiled.Report.Total, _compiled.WasCached);

    /// <summary>Kernels, flops, bytes and the memory plan.</summary>
    public string Summary => _compiled.Summary;

    /// <summary>Number of steps that an epoch takes.</summary>
    public int Steps(int images) => (images + _maxBatch - 1) / _maxBatch;

    /// <summary>Trains on every image once.</summary>
    /// <param name="digits">The images.</param>
    /// <param name="order">In which order.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="stepDone">Called after each step.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>The mean loss of an image.</returns>
    public double Epoch(
        Digits digits, ReadOnlySpan<int> order, double rate, Action stepDone, CancellationToken cancellation)
    {
        var total = 0.0;
        _step.Feed(_rate, (float)rate);
        for (var start = 0; start < order.Length; start += _maxBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            var chosen = order.Slice(start, Math.Min(_maxBatch, order.Length - start));
            _step.Bind(_batch, chosen.Length);
            digits.CopyTo(chosen, _step.Span(_images), _step.Span(_labels));
            _step.Run();
            total += _step.Scalar(_loss) * (double)chosen.Length;
            stepDone();
        }

        return total / order.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _compiled.Dispose();
    }
}
