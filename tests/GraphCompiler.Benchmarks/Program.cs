using System.CommandLine;
using System.Globalization;
using GraphCompiler.Benchmarks;
using GraphCompiler.Benchmarks.Compiling;
using GraphCompiler.Benchmarks.Kernels;
using GraphCompiler.Benchmarks.Startup;
using GraphCompiler.Benchmarks.Works;

// Measures compiled graphs. Not a test: it asserts nothing.
if (args is [FirstStep.Command, ..])
{
    FirstStep.Run(args[1..]); // before anything else: this is a start that is timed
    return 0;
}

var names = new Argument<string[]>("workloads") { Description = $"Named workloads: {string.Join(' ', Workloads.Names)}. Names that are not known print nothing." };
var threads = new Option<int>("--threads") { Description = "Threads of a run.", DefaultValueFactory = _ => 1 };
var seconds = new Option<double>("--seconds") { Description = "How long each figure is measured, warm-up not counted.", DefaultValueFactory = _ => 0.5 };
var check = new Option<bool>("--check") { Description = "Values that are computed from common inputs, instead of times." };
var memory = new Option<bool>("--memory") { Description = "Bytes of the plan and bytes that a call allocates, instead of times." };
var profile = new Option<bool>("--profile") { Description = "Where the time goes, kernel by kernel." };
var gemm = new Option<string?>("--gemm") { Description = "A matrix product, MxKxN: GFLOP/s." };
var layout = new Option<string>("--trans") { Description = "NN, NT, TN or TT: which operands are stored transposed.", DefaultValueFactory = _ => "NN" };
var batchGemm = new Option<int>("--batch-gemm") { Description = "Matrix products at once, each of its own operands; 0: one." };
var mlp = new Option<string?>("--mlp") { Description = "A training step (ReLU, softmax cross-entropy), such as 784-256-128-10: ms." };
var batch = new Option<int>("--batch") { Description = "Rows of the training step.", DefaultValueFactory = _ => 64 };
var optimizer = new Option<Optimizer>("--optimizer") { Description = "Of the training step: sgd, momentum, adam.", DefaultValueFactory = _ => Optimizer.Sgd };
var rows = new Option<string?>("--rows") { Description = "Softmax and layer norm of RxC, forward and with gradients: ms." };
var startup = new Option<bool>("--startup") { Description = "This program started anew, to the end of its first training step, without and with the disk cache: ms and MiB." };
var compile = new Option<int[]>("--compile") { Description = "Compile times of graphs of so many nodes (1000 10000 100000): ms a node.", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = true };
var form = new Option<string?>("--form") { Description = $"With --compile: graphs of such a form and such sizes ({string.Join(' ', GraphForms.All.Keys)}); without a name, of all forms.", Arity = ArgumentArity.ZeroOrOne };
var kernels = new Option<string?>("--kernels") { Description = "Parts of the runtime alone, measured by BenchmarkDotNet; a filter such as *Tile*.", Arity = ArgumentArity.ZeroOrOne };
var peak = new Option<bool>("--peak") { Description = "What the processor can do at most, for comparison: GFLOP/s." };
var root = new RootCommand("Benchmarks of GraphCompiler")
{
    names, threads, seconds, check, memory, profile, gemm, layout, batchGemm, mlp, batch, optimizer, rows, startup, compile, form, kernels, peak,
};
root.SetAction(parsed =>
{
    var driver = new Driver(parsed.GetValue(threads), parsed.GetValue(seconds));
    Action<string, Work>? instead = parsed.GetValue(check) ? driver.Check
        : parsed.GetValue(memory) ? driver.Weigh
        : parsed.GetValue(profile) ? (_, work) => driver.Profile(work)
        : null;
    if (parsed.GetValue(peak))
    {
        driver.Peak("peak");
    }

    foreach (var name in parsed.GetValue(names) ?? [])
    {
        if (instead is null)
        {
            driver.Measure(name);
        }

        foreach (var work in instead is null ? [] : Workloads.Of(name))
        {
            instead!(name, work);
        }
    }

    foreach (var work in Custom(parsed))
    {
        if (instead is null)
        {
            driver.Measure(work);
        }
        else
        {
            instead("custom", work);
        }
    }

    if (parsed.GetValue(startup))
    {
        StartupTimes.Measure("startup", parsed.GetValue(threads));
    }

    if (parsed.GetResult(compile) is not null)
    {
        int[] sizes = parsed.GetValue(compile) is { Length: > 0 } given ? given : [1_000, 10_000, 100_000];
        if (parsed.GetResult(form) is null)
        {
            CompileTimes.Measure(sizes);
        }
        else
        {
            CompileTimes.Measure(parsed.GetValue(form) ?? "", sizes);
        }
    }

    if (parsed.GetResult(kernels) is not null)
    {
        KernelBenchmarks.Run(parsed.GetValue(kernels) ?? "*");
    }
});
Environment.SetEnvironmentVariable("GRAPHC_THREADS", root.Parse(args).GetValue(threads).ToString(CultureInfo.InvariantCulture));
return root.Parse(args).Invoke();

// Works of sizes that the options say; asked for nothing at all, the figures of docs/performance.md.
IEnumerable<Work> Custom(ParseResult parsed)
{
    var (product, sizes, shape) = (parsed.GetValue(gemm), parsed.GetValue(mlp), parsed.GetValue(rows));
    if (args.Length == 0)
    {
        (product, sizes) = ("1024x1024x1024", "784-256-128-10");
    }

    if (product is not null)
    {
        var (size, stored, count) = (Numbers(product, 'x'), parsed.GetValue(layout)!, parsed.GetValue(batchGemm));
        var name = $"gemm {product} {stored}" + (count > 0 ? $" batch {count}" : "");
        yield return new MatrixProduct(name, size[0], size[1], size[2], stored, count);
    }

    if (sizes is not null)
    {
        var (kind, count) = (parsed.GetValue(optimizer), parsed.GetValue(batch));
        yield return new MlpTraining($"mlp {sizes} batch {count} {kind.ToString().ToLowerInvariant()}", Numbers(sizes, '-'), count, kind);
    }

    if (shape is not null)
    {
        var size = Numbers(shape, 'x');
        foreach (var work in Workloads.RowWorks("softmax", size[0], size[1]).Concat(Workloads.RowWorks("layernorm", size[0], size[1])))
        {
            yield return work;
        }
    }
}

static int[] Numbers(string text, char separator) =>
    [.. text.Split(separator).Select(static part => int.Parse(part, CultureInfo.InvariantCulture))];
