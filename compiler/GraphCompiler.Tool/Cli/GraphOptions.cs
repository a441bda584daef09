using System.Collections.Immutable;
using System.CommandLine;
using GraphCompiler.Diagnostics;
using GraphCompiler.Tool.Loading;

namespace GraphCompiler.Tool.Cli;

/// <summary>The arguments that every command has: which graph, and what to compile it for.</summary>
/// <param name="forEmit">Whether several targets can be named, and rewriting cannot be switched off.</param>
internal sealed class GraphOptions(bool forEmit = false)
{
    private static readonly string[] Targets = ["auto", "avx2", "avx512", "portable"];

    private readonly Argument<string> _source = new("source")
    {
        Description = "An assembly (.dll) or C# file (.cs) with [GraphDefinition] methods, or a saved graph (.json)",
    };

    private readonly Option<string?> _graph = new("--graph", "-g") { HelpName = "NAME", Description = "Which graph, where there are several" };

    private readonly Option<string> _target = new Option<string>("--target", "-t")
    {
        HelpName = "TARGET", Description = "Instruction set: auto (this machine's best), avx2, avx512, portable", DefaultValueFactory = static _ => Targets[0],
    }.AcceptOnlyFromAmong(Targets);

    private readonly Option<string[]> _targets = new Option<string[]>("--target", "-t")
    {
        HelpName = "TARGET", Description = "Instruction set: avx2, avx512, portable; may be repeated; all unless given",
    }.AcceptOnlyFromAmong(Targets[1..]);

    private readonly Option<bool> _noOptimize = new("--no-optimize") { Description = "The graph as it was declared, without rewrites" };

    private readonly Option<string[]> _include = new("--include")
    {
        HelpName = "FILE", Description = "Another C# file that a .cs source needs; may be repeated",
    };

    private readonly Option<string[]> _reference = new("--reference", "-r")
    {
        HelpName = "DLL", Description = "An assembly that a .cs source needs; may be repeated",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_source);
        foreach (var option in (Option[])[_graph, .. forEmit ? (Option[])[_targets] : [_target, _noOptimize], _include, _reference])
        {
            command.Add(option);
        }
    }

    /// <summary>All graphs of the source.</summary>
    public LoadedSource Load(ParseResult result, CancellationToken cancellation) => SourceLoader.Load(
        Path.GetFullPath(FilePath.Required(result.GetValue(_source)!, "source")),
        [.. (result.GetValue(_include) ?? []).Select(static f => Path.GetFullPath(FilePath.Required(f, "--include")))],
        [.. (result.GetValue(_reference) ?? []).Select(static f => Path.GetFullPath(FilePath.Required(f, "--reference")))],
        cancellation);

    /// <summary>The one graph that is asked for.</summary>
    public Graph Graph(ParseResult result, CancellationToken cancellation) => Pick(Load(result, cancellation), result).Declare();

    /// <summary>The one declaration that is asked for.</summary>
    public LoadedGraph Pick(LoadedSource source, ParseResult result)
    {
        var name = result.GetValue(_graph);
        var found = source.Graphs.Where(g => name is null || g.Name == name || g.FullName == name).ToList();
        var names = string.Join(", ", source.Graphs.Select(static g => $"\"{DisplayName.Of(g.Name)}\""));
        return found switch
        {
            [var one] => one,
            _ when source.Graphs.Count == 0 => throw new UserError($"{source.Path} declares no graph: mark a static method that takes a Graph with [GraphDefinition]"),
            [] => throw new UserError($"{source.Path} declares no graph \"{DisplayName.Of(name!)}\"; it has {names}"),
            _ when name is null => throw new UserError($"{source.Path} declares {found.Count} graphs; choose one with --graph: {names}"),
            _ => throw new UserError($"--graph \"{DisplayName.Of(name)}\" fits several: {string.Join(", ", found.Select(static g => g.FullName))}"),
        };
    }

    /// <summary>Whether one graph was asked for by name.</summary>
    public bool IsNamed(ParseResult result) => result.GetValue(_graph) is not null;

    /// <summary>How to compile it. Nothing is kept on disk.</summary>
    public CompileOptions Compile(ParseResult result) => new()
    {
        Target = TargetOf(result.GetValue(_target)),
        Optimize = !result.GetValue(_noOptimize),
        CacheDirectory = "",
    };

    /// <summary>What to emit it for.</summary>
    public ImmutableArray<KernelTarget> EmitTargets(ParseResult result) =>
        result.GetValue(_targets) is { Length: > 0 } some ? [.. some.Select(TargetOf).Distinct()] : new EmitOptions().Targets;

    private static KernelTarget TargetOf(string? target) => target switch
    {
        "avx2" => KernelTarget.Avx2,
        "avx512" => KernelTarget.Avx512,
        "portable" => KernelTarget.Portable,
        _ => KernelTarget.Auto,
    };
}
