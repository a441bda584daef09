using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TwoLayerNet;

var steps = new Option<int>("--steps") { Description = "Steps of training", DefaultValueFactory = _ => 2000 };
var seed = new Option<long>("--seed") { Description = "Decides data and weights", DefaultValueFactory = _ => 1 };
var threads = new Option<int>("--threads")
{
    Description = "Threads that compute",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
var verify = new Option<bool>("--verify") { Description = "Compare with plain loops in double" };
var export = new Option<string?>("--export") { Description = "Write data and initial weights to a file" };
var command = new RootCommand("Trains a network with one hidden layer on random data.")
{
    steps, seed, threads, verify, export,
};
AtLeast(steps, 0);
AtLeast(threads, 1);
command.SetAction(Run);
return command.Parse(args).Invoke();

void Run(ParseResult options)
{
    var problem = Problem.Draw(options.GetValue(seed));
    if (options.GetValue(export) is { } path)
    {
        problem.Export(path);
    }

    var count = options.GetValue(steps);
    var losses = new List<double>(count);
    var clock = Stopwatch.StartNew();
    foreach (var loss in Network.Train(problem, count, options.GetValue(threads)))
    {
        if (losses.Count % 100 == 0 || losses.Count == count - 1)
        {
            Print($"step {losses.Count,4}  loss {loss:G6}");
        }

        losses.Add(loss);
    }

    Print($"{count} steps in {clock.Elapsed.TotalSeconds:F2} s, compilation included");
    if (options.GetValue(verify))
    {
        var differences = PlainLoops.Train(problem, count).Zip(losses, (exact, loss) => Math.Abs(loss - exact) / exact);
        Print($"largest relative difference from plain loops in double: {differences.DefaultIfEmpty().Max():0.0e-0}");
    }
}

static void AtLeast(Option<int> option, int low) => option.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < low)
    {
        result.AddError($"{option.Name} must be at least {low}");
    }
});

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
