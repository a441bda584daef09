using System.Globalization;
using System.Text.RegularExpressions;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Profiling;
using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>Where the time goes. No test says how much it is.</summary>
[NonParallelizable]
public sealed class ProfileTests
{
    [Test]
    public async Task Profile_OfAStep_HasARowForEachKernelAndAPage()
    {
        using var folder = new TemporaryFolder();
        var result = await Tool.RunAsync("profile", Tool.Assembly, "-g", "mlp", "--seconds", "0.1", "-w", "2", "--html", folder.File("page.html"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(Regex.Count(result.Output, @"^ +\d+ .*(?:arithmetic|memory) ", RegexOptions.Multiline), Is.EqualTo(13));
        Assert.That(result.Output, Does.Contain("GFLOP/s of fused multiply-adds").And.Contain("of roofline").And.Contain("waiting at barriers"));
        Assert.That(File.ReadAllText(folder.File("page.html")), Does.Contain("\"profile\":{\"run\":"));
    }

    [Test]
    public void Profile_TimesOfKernels_AddUpToNoMoreThanTheRun()
    {
        var graph = new Graph("mlp");
        Graphs.Mlp(graph);
        var (inspection, profile) = Profiler.Run(graph, new CompileOptions { CacheDirectory = "", Workers = 1 }, 0.1, CancellationToken.None);
        Assert.That(profile.Kernels, Has.Length.EqualTo(inspection.Kernels.Length));
        Assert.That(profile.Kernels.Select(static k => k.Nanoseconds), Has.All.GreaterThan(0));
        Assert.That(profile.Kernels.Sum(static k => k.Nanoseconds) + profile.WaitingNanoseconds, Is.LessThanOrEqualTo(profile.RunNanoseconds * 1.01));
    }

    [Test]
    public async Task Profile_WithEveryElementType_FeedsAllInputs()
    {
        using var folder = new TemporaryFolder();
        var source = folder.File("Types.cs", """
            using GraphCompiler;
            using GraphCompiler.Operators;
            using GraphCompiler.Runtime;

            static class G
            {
                [GraphDefinition]
                static void Types(Graph g)
                {
                    var n = Dim.Symbol("n", max: 40);
                    var table = g.Input("table", DType.Float64, [7, 3]);
                    g.Output("rows", table.Gather(g.Input("index", DType.Int32, [n])));
                    g.Output("chosen", g.Input("mask", DType.Bool, [n]).Select(g.Input("x", [n]), g.Constant(1)));
                }
            }
            """);
        var result = await Tool.RunAsync("profile", source, "--seconds", "0.05");
        Assert.That(result.Code, Is.Zero, result.Error);
    }

    [TestCase("--seconds", "0")]
    [TestCase("--seconds", "NaN")]
    [TestCase("--workers", "0")]
    public async Task Profile_OutOfRange_IsSaid(string option, string value)
    {
        var result = await Tool.RunAsync("profile", Tool.Assembly, "-g", "neuron", option, value);
        Assert.That(result.Error, Does.Contain($"{option} must be"), string.Create(CultureInfo.InvariantCulture, $"exit code {result.Code}"));
    }

    [Test]
    public void Roofline_Of_IsTheLargerOfWhatArithmeticAndMemoryNeed()
    {
        var graph = new Graph("mlp");
        Graphs.Mlp(graph);
        var kernel = GraphInspection.Of(graph).Kernels[1];
        var roofline = new Roofline(1, attempts: 1, CancellationToken.None);
        var time = roofline.Of(kernel, 1e6);
        Assert.That(time.GigaFlops, Is.EqualTo(kernel.Flops / 1e6));
        Assert.That(time.IsComputeBound, Is.True, "38 operations for each byte");
        Assert.That(time.Roofline, Is.EqualTo(kernel.Flops / roofline.PeakGigaFlops / 1e6).Within(1e-9));
    }
}
