using System.Diagnostics;

namespace GraphCompiler.Tool.Tests.Browser;

/// <summary>A headless Chromium of the test's own, with an empty profile and no way out but to files.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _profile;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The program, or null where there is none.</summary>
    public static string? Path { get; } =
        new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(static name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Select(folder => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts it; ignores the test where there is none.</summary>
    public static Chromium Start()
    {
        if (Path is null)
        {
            Assert.Ignore("needs Chromium (Debian package chromium)");
        }

        var profile = Directory.CreateTempSubdirectory("graphc-chromium-").FullName;
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-default-apps", "--hide-scrollbars", "--force-color-profile=srgb",
            "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank",
        ];
        var start = new ProcessStartInfo(Path!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new Chromium(process, profile);
    }

    /// <summary>Where its protocol is spoken.</summary>
    public async Task<Uri> EndpointAsync()
    {
        var file = System.IO.Path.Combine(_profile, "DevToolsActivePort");
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < StartTime; await Task.Delay(50))
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file) is [var port, var path])
            {
                return new Uri($"ws://127.0.0.1:{port}{path}");
            }
        }

        throw new TimeoutException($"Chromium does not say its port within {StartTime.TotalSeconds} s");
    }

    public void Dispose()
    {
        if (!_process.WaitForExit(5_000))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(10_000);
        }

        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still ending may write once more; the folder is a temporary one.
        }
    }
}
