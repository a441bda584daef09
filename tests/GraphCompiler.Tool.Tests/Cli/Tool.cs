using GraphCompiler.Tool.Cli;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>Runs a command in this process, as somebody who redirects its output.</summary>
internal static class Tool
{
    public static async Task<Result> RunAsync(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await App.RunAsync(args, new Terminal(output, error, isInteractive: false), cancellation);
        return new Result(code, output.ToString(), error.ToString());
    }

    public static Task<Result> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    /// <summary>This test's own assembly: it declares graphs.</summary>
    public static string Assembly => typeof(Tool).Assembly.Location;

    internal sealed record Result(int Code, string Output, string Error);
}
