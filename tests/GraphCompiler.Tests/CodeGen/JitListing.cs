using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GraphCompiler.Tests.CodeGen;

/// <summary>Machine code as the JIT lists it, method by method.</summary>
internal sealed partial class JitListing
{
    private readonly List<Method> _methods = [];

    private JitListing(string text)
    {
        foreach (var part in text.Split("; Assembly listing for method ").Skip(1))
        {
            _methods.Add(new(part[..part.IndexOf('\n')].Trim(), part.Split('\n')));
        }
    }

    public IReadOnlyList<Method> Methods => _methods;

    /// <summary>What the JIT makes of some methods while the host of tests does something.</summary>
    /// <param name="methods">Names of methods, without type.</param>
    /// <param name="what">The host's argument.</param>
    public static JitListing Of(IEnumerable<string> methods, string what)
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, what]);
            start.Environment["DOTNET_JitDisasm"] = string.Join(' ', methods.Distinct());
            start.Environment["DOTNET_JitStdOutFile"] = file;
            using var process = Process.Start(start)!;
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero);
            return new(File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>One compiled method.</summary>
    /// <param name="Name">Type, method and type arguments, as the JIT writes them.</param>
    /// <param name="Lines">The listing.</param>
    internal sealed record Method(string Name, string[] Lines)
    {
        /// <summary>Loops without a loop inside: the instructions from the label that is jumped back to.</summary>
        public IEnumerable<string[]> InnerLoops()
        {
            var labels = new Dictionary<string, int>(StringComparer.Ordinal);
            var lastBack = -1;
            for (var i = 0; i < Lines.Length; i++)
            {
                if (Label().Match(Lines[i]) is { Success: true } label)
                {
                    labels[label.Groups[1].Value] = i;
                }
                else if (Jump().Match(Lines[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups[1].Value, out var from))
                {
                    if (from > lastBack)
                    {
                        yield return Lines[from..(i + 1)];
                    }

                    lastBack = i;
                }
            }
        }

        /// <summary>Whether an instruction reads or writes the stack.</summary>
        public bool IsSpill(string line) =>
            line.Contains("[rsp", StringComparison.Ordinal)
            || (line.Contains("[rbp", StringComparison.Ordinal) && Lines.Any(static l => l.StartsWith("; rbp based frame", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^(G_M\w+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT\s+)?(G_M\w+)")]
    private static partial Regex Jump();
}
