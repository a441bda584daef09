using System.Globalization;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Html;
using GraphCompiler.Tool.Tests.Browser;
using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Html;

/// <summary>The page in a real browser. <c>GRAPHC_SHOTS=folder</c> keeps pictures of what it looks like.</summary>
[NonParallelizable]
public sealed class HtmlPageTests
{
    private static readonly CompileOptions Avx2 = new() { Target = KernelTarget.Avx2, CacheDirectory = "" };

    private readonly TemporaryFolder _folder = new();
    private Chromium? _chromium;
    private DevTools? _tools;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _chromium = Chromium.Start();
        _tools = await DevTools.ConnectAsync(await _chromium.EndpointAsync());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_tools is not null)
        {
            await _tools.DisposeAsync();
        }

        _chromium?.Dispose();
        _folder.Dispose();
    }

    private static Graph Mlp()
    {
        var graph = new Graph("mlp");
        Graphs.Mlp(graph);
        return graph;
    }

    private async Task<BrowserPage> OpenAsync(Graph graph, string hash = "")
    {
        var file = _folder.File($"{Guid.NewGuid():N}.html", HtmlPage.Of(GraphInspection.Of(graph, Avx2), profile: null));
        return await BrowserPage.OpenAsync(_tools!, new Uri(file).AbsoluteUri + hash);
    }

    private static async Task KeepAsync(BrowserPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("GRAPHC_SHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await page.ScreenshotAsync());
        }
    }

    private static string Node(string name) => $"nodes.find(n => n.n === '{name}').id";

    [Test]
    public async Task Page_OfATrainingStep_DrawsEveryNodeOnceWithoutErrorsOrNetwork()
    {
        var page = await OpenAsync(Mlp());
        await page.ClickAsync("#unfold");
        await KeepAsync(page, "graph");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node').length"), Is.EqualTo(await page.EvaluateAsync<int>("nodes.filter(n => !isConstant(n)).length")));
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.f').length"), Is.GreaterThan(10));
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.b').length"), Is.GreaterThan(10));
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.u').length"), Is.GreaterThan(50));
            Assert.That(page.Errors, Is.Empty);
            Assert.That(page.Requests.Where(static r => !r.StartsWith("file:", StringComparison.Ordinal) && r != "about:blank"), Is.Empty);
        }
    }

    [Test]
    public async Task Page_Layout_LetsNoTwoNodesOverlapAndKeepsNodesInTheirBoxes()
    {
        var page = await OpenAsync(Mlp());
        await page.ClickAsync("#unfold");
        var overlaps = await page.EvaluateAsync<int>("""
            (() => {
              const list = drawing.shown.filter(i => i.node);
              let count = 0;
              for (const a of list) for (const b of list) if (a !== b
                && Math.abs(a.ax - b.ax) < (a.w + b.w) / 2 - 1 && Math.abs(a.ay - b.ay) < (a.h + b.h) / 2 - 1) count++;
              return count;
            })()
            """);
        var outside = await page.EvaluateAsync<int>("""
            drawing.shown.filter(i => i.node && i.box.parent).filter(i => {
              const box = drawing.items.get("b" + i.box.key);
              return i.ax - i.w / 2 < box.ax - box.w / 2 || i.ax + i.w / 2 > box.ax + box.w / 2 || i.ay - i.h / 2 < box.ay - box.h / 2 || i.ay + i.h / 2 > box.ay + box.h / 2;
            }).length
            """);
        Assert.That((overlaps, outside), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Page_Lanes_RunDownForwardAndUpBackward()
    {
        var page = await OpenAsync(Mlp());
        var wrong = await page.EvaluateAsync<int>("""
            drawing.shown.filter(i => i.node && i.node.lane < 2).flatMap(i => i.node.inputs.map(id => [drawing.items.get(drawing.itemOf.get(id)), i]))
              .filter(([a, b]) => a && a.node && a.node.lane === b.node.lane && (a.node.lane === 0 ? a.ay >= b.ay : a.ay <= b.ay)).length
            """);
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public async Task Page_ClickOnANode_ShowsFormulaRuleLineAndCode()
    {
        var page = await OpenAsync(Mlp());
        var id = await page.EvaluateAsync<int>(Node("head/d_w"));
        await page.ClickAsync($"[data-node='{id}'] rect");
        await KeepAsync(page, "node");
        var text = await page.EvaluateAsync<string>("document.getElementById('details').innerText");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("head/d_w = h2 . d_guess"));
            Assert.That(text, Does.Contain("Made by the gradient rule of contract"));
            Assert.That(text, Does.Contain("Graphs.cs:"));
            Assert.That(text, Does.Contain("graph.Adam("), "the user's line");
            Assert.That(text, Does.Contain("Tile256."), "the kernel's code");
            Assert.That(text, Does.Contain("5,120"), "bytes");
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('#details .code .mark').length"), Is.GreaterThan(0));
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.sel').length"), Is.EqualTo(1));
            Assert.That(await page.EvaluateAsync<string>("location.hash"), Is.EqualTo($"#n{id}"));
        }
    }

    [Test]
    public async Task Page_LinkToTheDifferentiatedNode_SelectsAndCentresIt()
    {
        var page = await OpenAsync(Mlp(), "#n" + GraphInspection.Of(Mlp(), Avx2).Nodes.Single(static n => n.Name == "d_h2").Id);
        await page.EvaluateAsync<bool>("(() => { document.querySelector('#details a.link.f').id = 'to-forward'; return true; })()");
        await page.ClickAsync("#to-forward");
        Assert.That(await page.EvaluateAsync<int>("nodes[state.selected.node].d"), Is.Zero, "a forward node");
        var away = await page.EvaluateAsync<double>("""
            (() => {
              const r = document.querySelector('.node.sel').getBoundingClientRect(), c = document.getElementById('canvas').getBoundingClientRect();
              return Math.hypot(r.x + r.width / 2 - c.x - c.width / 2, r.y + r.height / 2 - c.y - c.height / 2);
            })()
            """);
        Assert.That(away, Is.LessThan(5));
    }

    [Test]
    public async Task Page_Search_FindsUnfoldsAndStepsThroughHits()
    {
        var page = await OpenAsync(Mlp());
        await page.PressAsync("/");
        await page.TypeAsync("layer1/w/m");
        await page.UntilAsync("document.getElementById('hits').innerText.includes('found')");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.hit').length"), Is.GreaterThan(0), "a folded box shows that it holds a hit");
        await page.PressAsync("Enter");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.EvaluateAsync<string>("nodes[state.selected.node].n"), Is.EqualTo("layer1/w/m"), "the exact name first");
            Assert.That(await page.EvaluateAsync<string>("document.getElementById('hits').innerText"), Does.StartWith("1 / "));
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.sel').length"), Is.EqualTo(1), "its box is unfolded");
        }

        await page.PressAsync("Enter");
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('hits').innerText"), Does.StartWith("2 / "));
        await page.PressAsync("Escape");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.hit').length"), Is.Zero);
    }

    [Test]
    public async Task Page_TitleOfABox_FoldsAndUnfoldsIt()
    {
        var page = await OpenAsync(Mlp());
        var before = await page.EvaluateAsync<int>("document.querySelectorAll('.node.f').length");
        await page.ClickAsync("[data-box='0:layer1'] .title");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.f').length"), Is.EqualTo(before - 4));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector(\"[data-box='0:layer1']\").textContent"), Does.Contain("(4)"));
        await page.ClickAsync("[data-box='0:layer1'] .title");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.f').length"), Is.EqualTo(before));
    }

    [Test]
    public async Task Page_Wheel_ZoomsAboutThePointerAndDraggingPans()
    {
        var page = await OpenAsync(Mlp());
        const string At = "`${(500 - state.x) / state.k} ${(400 - document.getElementById('canvas').getBoundingClientRect().y - state.y) / state.k} ${state.k}`";
        var before = Parse(await page.EvaluateAsync<string>(At));
        await page.WheelAsync(500, 400, -240);
        await page.UntilAsync(string.Create(CultureInfo.InvariantCulture, $"state.k > {before[2]} * 1.2"));
        var after = Parse(await page.EvaluateAsync<string>(At));
        Assert.That(after[..2], Is.EqualTo(before[..2]).Within(0.5), "what is under the pointer stays there");
        var x = await page.EvaluateAsync<double>("state.x");
        await page.DragAsync(30, 300, 130, 300);
        Assert.That(await page.EvaluateAsync<double>("state.x"), Is.EqualTo(x + 100).Within(2));

        static double[] Parse(string text) => [.. text.Split(' ').Select(static t => double.Parse(t, CultureInfo.InvariantCulture))];
    }

    [Test]
    public async Task Page_OtherViews_ShowKernelsMemoryAndSource()
    {
        var inspection = GraphInspection.Of(Mlp(), Avx2);
        var page = await OpenAsync(Mlp());
        await page.ClickAsync("[data-view=kernels]");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('#kernels tbody tr').length"), Is.EqualTo(inspection.Kernels.Length));
        await page.ClickAsync("#kernels tbody tr:nth-child(3)");
        await KeepAsync(page, "kernels");
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('details').innerText"), Does.Contain("a contraction begins a kernel"));
        await page.ClickAsync("[data-view=memory]");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('#memory .block').length"), Is.EqualTo(inspection.Memory.Blocks.Length));
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('#memory .block.peak').length"), Is.EqualTo(inspection.Memory.Blocks.Count(static b => b.IsAtPeak)));
        await page.ClickAsync("#memory .block:nth-of-type(3)");
        await KeepAsync(page, "memory");
        await page.ClickAsync("[data-view=source]");
        await KeepAsync(page, "source");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('#source .row').length"), Is.EqualTo(inspection.Source.TrimEnd('\n').Split('\n').Length));
        Assert.That(page.Errors, Is.Empty);
    }

    [Test]
    public async Task Page_ColoursOfKernels_AreAlikeWithinAKernelAndDifferBetweenThem()
    {
        var page = await OpenAsync(Mlp());
        await page.EvaluateAsync<bool>("(() => { const c = document.getElementById('colour'); c.value = 'kernel'; c.dispatchEvent(new Event('change')); return true; })()");
        await KeepAsync(page, "colours");
        const string Colours = "nodes.filter(n => n.k === {0}).flatMap(n => [...document.querySelectorAll(`[data-node='${{n.id}}'] rect`)]).map(r => r.style.fill)";
        var first = await page.EvaluateAsync<int>($"new Set({string.Format(CultureInfo.InvariantCulture, Colours, 1)}).size");
        var both = await page.EvaluateAsync<int>($"new Set([...{string.Format(CultureInfo.InvariantCulture, Colours, 1)}, ...{string.Format(CultureInfo.InvariantCulture, Colours, 2)}]).size");
        Assert.That((first, both), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Page_Legend_HidesAndShowsDirectionsAndConstants()
    {
        var page = await OpenAsync(Mlp());
        await page.ClickAsync("#unfold");
        var nodes = await page.EvaluateAsync<int>("document.querySelectorAll('.node').length");
        await page.ClickAsync("#legend label:nth-of-type(4) input");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node').length"), Is.EqualTo(await page.EvaluateAsync<int>("nodes.length")).And.GreaterThan(nodes));
        await page.ClickAsync("#legend label:nth-of-type(3) input");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.u').length"), Is.Zero);
        await page.EvaluateAsync<bool>("(select({ node: nodes.find(n => n.d === 2).id }, { centre: true }), true)");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node.u').length"), Is.GreaterThan(0), "what is asked for is shown");
    }

    [Test]
    public async Task Page_DarkScheme_IsDarkAndTheButtonTurnsIt()
    {
        var page = await OpenAsync(Mlp());
        await page.PreferAsync("dark");
        await KeepAsync(page, "dark");
        const string Brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b)";
        Assert.That(await page.EvaluateAsync<int>(Brightness), Is.LessThan(150));
        await page.ClickAsync("#theme");
        Assert.That(await page.EvaluateAsync<int>(Brightness), Is.GreaterThan(600));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Page_OfAThousandNodes_IsDrawnAndFoundIn(bool scopes)
    {
        var graph = Graphs.Deep(70, scopes);
        var page = await OpenAsync(graph);
        await KeepAsync(page, $"deep-{scopes}");
        await page.ClickAsync("#unfold");
        await KeepAsync(page, $"deep-{scopes}-unfolded");
        Assert.That(await page.EvaluateAsync<int>("nodes.length"), Is.GreaterThan(1000));
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node').length"), Is.EqualTo(await page.EvaluateAsync<int>("nodes.filter(n => !isConstant(n)).length")));
        await page.ClickAsync("#search");
        await page.TypeAsync("h42");
        await page.PressAsync("Enter");
        await KeepAsync(page, $"deep-{scopes}-found");
        Assert.That(await page.EvaluateAsync<string>("nodes[state.selected.node].n"), Does.EndWith("h42"));
        await page.ClickAsync("#fold");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.node').length"), scopes ? Is.LessThan(50) : Is.GreaterThan(500));
        TestContext.Out.WriteLine($"layout and drawing of {await page.EvaluateAsync<int>("nodes.length")} nodes: {await page.EvaluateAsync<double>("(() => { const t = performance.now(); foldAll(false); return performance.now() - t; })()"):F0} ms");
        Assert.That(page.Errors, Is.Empty);
    }

    [Test]
    public async Task Page_HostileNames_AreTextAndNothingElse()
    {
        var page = await OpenAsync(Graphs.Hostile());
        foreach (var view in new[] { "kernels", "memory", "source", "graph" })
        {
            await page.ClickAsync($"[data-view={view}]");
        }

        for (var id = 0; id < await page.EvaluateAsync<int>("nodes.length"); id++)
        {
            await page.EvaluateAsync<bool>($"(select({{ node: {id} }}, {{ centre: true }}), true)");
        }

        await KeepAsync(page, "hostile");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.EvaluateAsync<bool>("'hacked' in document.body.dataset"), Is.False);
            Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('img, svg svg, iframe').length"), Is.Zero);
            Assert.That(await page.EvaluateAsync<int>("document.scripts.length"), Is.EqualTo(2));
            Assert.That(await page.EvaluateAsync<string>("document.title"), Does.StartWith("</title><script>"));
            Assert.That(page.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task Page_ScriptOfAnybodyElse_IsRefusedByThePageItself()
    {
        var page = await OpenAsync(Mlp());
        await page.EvaluateAsync<bool>("(() => { const s = document.createElement('script'); s.textContent = \"document.body.dataset.hacked = 'yes'\"; document.body.append(s); return true; })()");
        Assert.That(await page.EvaluateAsync<bool>("'hacked' in document.body.dataset"), Is.False);
    }

    [Test]
    public async Task Page_OfAnEmptyGraph_SaysSo()
    {
        var page = await OpenAsync(new Graph("empty"));
        await page.ClickAsync("[data-view=memory]");
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('memory').innerText"), Does.Contain("No value lives between two kernels"));
        Assert.That(page.Errors, Is.Empty);
    }
}
