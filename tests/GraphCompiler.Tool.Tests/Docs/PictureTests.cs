using GraphCompiler.Tool.Html;
using GraphCompiler.Tool.Loading;
using GraphCompiler.Tool.Profiling;
using GraphCompiler.Tool.Tests.Browser;

namespace GraphCompiler.Tool.Tests.Docs;

/// <summary>The pictures of docs/graphc.md are of the page of its graph; <c>GRAPHC_BLESS=1</c> takes them anew.</summary>
[NonParallelizable]
public sealed class PictureTests
{
    private const long MostBytes = 300_000;

    private static string FolderPath => Path.Combine(Repository.Root, "docs", "images");

    [Test]
    public async Task Pictures_OfTheSample_CanBeTakenAndAreSmall()
    {
        using var folder = new TemporaryFolder();
        using var chromium = Chromium.Start();
        await using var tools = await DevTools.ConnectAsync(await chromium.EndpointAsync());
        var graph = SourceLoader.Load(Repository.Sample, [], [], CancellationToken.None).Graphs.Single().Declare();
        var (inspection, profile) = Profiler.Run(
            graph, new CompileOptions { Target = Compile.KernelTargets.Supported[0], CacheDirectory = "", Workers = 1 }, Repository.Blesses ? 10 : 0.05, CancellationToken.None);
        var url = new Uri(folder.File("mlp.html", HtmlPage.Of(inspection, profile))).AbsoluteUri;
        var page = await BrowserPage.OpenAsync(tools, url, width: 1360, height: 860);

        await KeepAsync(page, "graphc-graph");
        var gradient = inspection.Nodes.Single(static n => n.Name == "d_h");
        await page.ClickAsync($"[data-node='{gradient.Id}'] rect");
        await KeepAsync(page, "graphc-node");
        await page.ClickAsync("[data-view=memory]");
        await KeepAsync(page, "graphc-memory");
        await page.PreferAsync("dark");
        await page.ClickAsync("[data-view=kernels]");
        await page.ClickAsync("#kernels tbody tr:last-child");
        await KeepAsync(page, "graphc-kernels");

        Assert.That(page.Errors, Is.Empty);
        Assert.That(Directory.GetFiles(FolderPath, "graphc-*.png").Where(static f => new FileInfo(f).Length is 0 or > MostBytes), Is.Empty);
    }

    private static async Task KeepAsync(BrowserPage page, string name)
    {
        var picture = await page.ScreenshotAsync();
        Assert.That(picture, Has.Length.LessThan(MostBytes));
        var path = Path.Combine(FolderPath, name + ".png");
        if (Repository.Blesses)
        {
            await File.WriteAllBytesAsync(path, picture);
        }

        Assert.That(File.Exists(path), Is.True, path);
    }
}
