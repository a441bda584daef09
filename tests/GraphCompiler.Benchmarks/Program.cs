using System.CommandLine;
using GraphCompiler.Benchmarks;

// Measures compiled graphs: one line for each question, the value last. Not a test: it asserts nothing.
var threads = new Option<int>("--threads") { Description = "Threads of a run.", DefaultValueFactory = _ => 1 };
var gemm = new Option<string?>("--gemm") { Description = "A matrix product, MxKxN: GFLOP/s." };
var layout = new Option<string>("--trans") { Description = "NN, NT, TN or TT: which operands are stored transposed.", DefaultValueFactory = _ => "NN" };
var mlp = new Option<string?>("--mlp") { Description = "A training step (ReLU, softmax cross-entropy, SGD with momentum), such as 784-256-128-10: ms." };
var batch = new Option<int>("--batch") { Description = "Rows of the training step.", DefaultValueFactory = _ => 64 };
var start = new Option<bool>("--start") { Description = "Compile times of that step, first without and then with the disk cache: ms." };
var peak = new Option<bool>("--peak") { Description = "What one core can do at most, for comparison: GFLOP/s." };
var root = new RootCommand("Benchmarks of GraphCompiler") { peak, threads, gemm, layout, mlp, batch, start };
root.SetAction(parsed =>
{
    var showsPeak = parsed.GetValue(peak);
    if (showsPeak)
    {
        PeakBenchmark.Run();
    }

    var (product, sizes) = (parsed.GetValue(gemm), parsed.GetValue(mlp));
    if (product is null && sizes is null && !showsPeak)
    {
        (product, sizes) = ("1024x1024x1024", "784-256-128-10"); // asked for nothing: the figures of docs/performance.md
    }

    if (product is not null)
    {
        GemmBenchmark.Run(product, parsed.GetValue(layout)!, parsed.GetValue(threads));
    }

    if (sizes is not null)
    {
        MlpBenchmark.Run(sizes, parsed.GetValue(batch), parsed.GetValue(threads), parsed.GetValue(start));
    }
});
return root.Parse(args).Invoke();
