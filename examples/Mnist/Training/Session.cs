using System.Diagnostics;
using System.Globalization;
using GraphCompiler;
using GraphCompiler.Runtime.State;
using Mnist.Cli;
using Mnist.Datasets;

namespace Mnist.Training;

/// <summary>A whole training: two compiled graphs that share one set of variables.</summary>
internal sealed class Session : IDisposable
{
    private readonly Options _options;
    private readonly CancellationToken _cancellation;
    private readonly Variables _variables = new();
    private readonly Trainer _trainer;
    private readonly Evaluator _evaluator;

    /// <summary>Compiles both graphs and draws the initial weights.</summary>
    public Session(Options options, CancellationToken cancellation)
    {
        (_options, _cancellation) = (options, cancellation);
        var compile = new CompileOptions { Workers = options.Threads };
        _trainer = new Trainer(_variables, options.Batch, options.Seed, compile, cancellation);
        _evaluator = new Evaluator(_variables, options.Seed, compile, cancellation);
    }

    /// <summary>Both graphs with the C# that they became, and what that is made of.</summary>
    public IEnumerable<(Graph Graph, string Source, string Summary)> Graphs =>
        [(_trainer.Graph, _trainer.Source, _trainer.Summary), (_evaluator.Graph, _evaluator.Source, _evaluator.Summary)];

    /// <summary>How long both compilations took, and whether the kernels were there from an earlier start.</summary>
    public string Compilation
    {
        get
        {
            var (training, evaluation) = (_trainer.Compilation, _evaluator.Compilation);
            var cached = training.WasCached && evaluation.WasCached ? ", kernels from the cache" : "";
            return string.Create(CultureInfo.InvariantCulture, $"compiled in {(training.Time + evaluation.Time).TotalSeconds:F2} s{cached}");
        }
    }

    /// <summary>Trains on every image once, then looks how many of the test images are recognised.</summary>
    /// <param name="training">Images to learn from.</param>
    /// <param name="test">Images never learnt from.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="bar">Whether to show a progress bar.</param>
    /// <exception cref="UserError">The loss is no number any more.</exception>
    public EpochReport Epoch(Digits training, Digits test, int epoch, bool bar)
    {
        var rate = _options.Rate * (_options.Epochs - epoch + 1) / _options.Epochs; // falls linearly, the last is not 0
        var order = Shuffle.Order(training.Count, _options.Seed, epoch);
        var loss = 0.0;
        var clock = Stopwatch.StartNew();
        ProgressBar.Run(
            bar,
            $"epoch {epoch}/{_options.Epochs}",
            _trainer.Steps(training.Count),
            stepDone => loss = _trainer.Epoch(training, order, rate, stepDone, _cancellation));
        var seconds = clock.Elapsed.TotalSeconds;
        if (!double.IsFinite(loss))
        {
            throw new UserError($"the loss of epoch {epoch} is {loss}: try a smaller --rate than {_options.Rate}");
        }

        var accuracy = _evaluator.Accuracy(test, _cancellation);
        return new EpochReport(epoch, _options.Epochs, loss, accuracy, seconds, training.Count);
    }

    /// <summary>Writes the parameters, without what only training needs.</summary>
    public void Save(string path)
    {
        using var parameters = new Variables();
        foreach (var variable in _variables.Where(static each => !each.Info.IsState))
        {
            parameters.GetOrAdd(variable.Info).Write(variable.Read<float>());
        }

        parameters.Save(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trainer.Dispose();
        _evaluator.Dispose();
        _variables.Dispose();
    }
}
