using System.Globalization;
using System.Text.Json.Nodes;

namespace GraphCompiler.Tool.Tests.Browser;

/// <summary>One page in a browser: looked at and clicked as a user does. Whatever its script throws or asks of the network is kept.</summary>
internal sealed class BrowserPage
{
    private readonly DevTools _tools;
    private readonly string _session;

    private BrowserPage(DevTools tools, string session)
    {
        (_tools, _session) = (tools, session);
        tools.Received += Note;
    }

    /// <summary>Exceptions and errors of the console.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Everything that was fetched.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<BrowserPage> OpenAsync(DevTools tools, string url, int width = 1500, int height = 950)
    {
        var target = (string)(await tools.SendAsync("Target.createTarget", new { url = "about:blank" }))["targetId"]!;
        var session = (string)(await tools.SendAsync("Target.attachToTarget", new { targetId = target, flatten = true }))["sessionId"]!;
        var page = new BrowserPage(tools, session);
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await page.SendAsync($"{domain}.enable");
        }

        await page.SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        await page.SendAsync("Page.navigate", new { url });
        await page.UntilAsync("document.body && document.body.dataset.ready === 'true'");
        return page;
    }

    /// <summary>The value of an expression.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var result = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return result["exceptionDetails"] is { } details
            ? throw new InvalidOperationException(details["exception"]?["description"]?.ToString() ?? details.ToJsonString())
            : result["result"]!["value"]!.GetValue<T>();
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        for (var attempt = 0; attempt < 400; attempt++)
        {
            if (await EvaluateAsync<bool>($"!!({expression})"))
            {
                return;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException($"never true: {expression}; errors: {string.Join("; ", Errors)}");
    }

    /// <summary>Presses and releases the mouse in the middle of the element that a selector finds.</summary>
    public async Task ClickAsync(string selector)
    {
        var (x, y) = await MiddleOfAsync(selector);
        await MouseAsync("mouseMoved", x, y, 0);
        await MouseAsync("mousePressed", x, y, 1);
        await MouseAsync("mouseReleased", x, y, 1);
    }

    /// <summary>Drags with the mouse.</summary>
    public async Task DragAsync(double fromX, double fromY, double toX, double toY)
    {
        await MouseAsync("mouseMoved", fromX, fromY, 0);
        await MouseAsync("mousePressed", fromX, fromY, 1);
        for (var step = 1; step <= 5; step++)
        {
            await MouseAsync("mouseMoved", fromX + ((toX - fromX) * step / 5), fromY + ((toY - fromY) * step / 5), 1);
        }

        await MouseAsync("mouseReleased", toX, toY, 1);
    }

    /// <summary>Turns the wheel; negative is away from the user.</summary>
    public Task WheelAsync(double x, double y, double delta) =>
        SendAsync("Input.dispatchMouseEvent", new { type = "mouseWheel", x, y, deltaX = 0, deltaY = delta });

    /// <summary>Types text into what has the focus.</summary>
    public Task TypeAsync(string text) => SendAsync("Input.insertText", new { text });

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key)
    {
        var code = key switch { "Enter" => 13, "Escape" => 27, _ => char.ToUpperInvariant(key[0]) };
        var text = key.Length == 1 ? key : key == "Enter" ? "\r" : "";
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, text, windowsVirtualKeyCode = code });
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode = code });
    }

    /// <summary>Light or dark, as the user's system has it.</summary>
    public Task PreferAsync(string scheme) =>
        SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    /// <summary>A picture of it.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new { format = "png" }))["data"]!);

    private async Task<(double X, double Y)> MiddleOfAsync(string selector)
    {
        var at = await EvaluateAsync<string>($$"""
            (() => {
              const e = document.querySelector({{JsonValue.Create(selector)!.ToJsonString()}});
              if (!e) return "";
              const r = e.getBoundingClientRect();
              return `${r.x + r.width / 2} ${r.y + r.height / 2}`;
            })()
            """);
        var parts = at.Length > 0 ? at.Split(' ') : throw new InvalidOperationException($"nothing fits {selector}");
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private Task<JsonNode> MouseAsync(string type, double x, double y, int buttons) =>
        SendAsync("Input.dispatchMouseEvent", new { type, x, y, button = type == "mouseMoved" && buttons == 0 ? "none" : "left", buttons, clickCount = type == "mouseMoved" ? 0 : 1 });

    private Task<JsonNode> SendAsync(string method, object? parameters = null) => _tools.SendAsync(method, parameters, _session);

    private void Note(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown":
                Errors.Add(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"] is { } entry && (string?)entry["level"] == "error":
                Errors.Add(entry.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                Requests.Add((string)parameters["request"]!["url"]!);
                break;
        }
    }
}
