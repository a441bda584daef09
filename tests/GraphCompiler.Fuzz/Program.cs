using System.CommandLine;
using System.Diagnostics;
using GraphCompiler.Fuzz;

// Random graphs, compared with their definition and between targets, for as long as there is time. A seed that fails is
// cut down and printed as C#.
Environment.SetEnvironmentVariable("GRAPHC_THREADS", "3");
var seconds = new Option<int>("--seconds") { Description = "How long to go on.", DefaultValueFactory = _ => 60 };
var seed = new Option<int>("--seed") { Description = "The first seed; the next ones follow.", DefaultValueFactory = _ => 1 };
var count = new Option<int?>("--count") { Description = "How many graphs, instead of how long." };
var keeps = new Option<bool>("--no-shrink") { Description = "Leaves failing graphs as they were drawn." };
var root = new RootCommand("Fuzzes GraphCompiler") { seconds, seed, count, keeps };
root.SetAction(parsed =>
{
    var watch = Stopwatch.StartNew();
    var (most, limit) = (parsed.GetValue(count), parsed.GetValue(seconds));
    var report = new Fuzzer(Console.Out, parsed.GetValue(keeps) ? TimeSpan.Zero : TimeSpan.FromSeconds(60)).Run(
        parsed.GetValue(seed), so => most is { } n ? n - so : watch.Elapsed.TotalSeconds < limit ? int.MaxValue : 0);
    return report.Failures.Count == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
