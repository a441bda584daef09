using System.Collections.Immutable;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Schedule;

namespace GraphCompiler.Fuzz.Cases;

/// <summary>How a graph is compiled and run: on one target with one worker, and with what has to give the same bits.</summary>
internal sealed record Configuration
{
    /// <summary>Most of what is checked is checked on this one.</summary>
    public KernelTarget Target { get; init; } = KernelTargets.Supported[0];

    /// <summary>Where it is compiled too; the same as <see cref="Target"/> on a machine that has one.</summary>
    public KernelTarget OtherTarget { get; init; } = KernelTargets.Supported[^1];

    /// <summary>Workers of a second run on <see cref="Target"/>.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Workers of the run on <see cref="OtherTarget"/>.</summary>
    public int OtherWorkers { get; init; } = 1;

    public bool Optimizes { get; init; } = true;

    /// <summary>The one rule that is off.</summary>
    public string? DisabledRule { get; init; }

    /// <summary>Work is split whatever its size.</summary>
    public bool SplitsAll { get; init; }

    /// <summary>Every node is an output: nothing is fused away, and each is checked on the operands that it had.</summary>
    public bool ReturnsEveryNode { get; init; }

    /// <summary>Every value is looked at before variables change; not drawn, since some cases are fed what is not finite.</summary>
    public bool ChecksNumerics { get; init; }

    public static Configuration Draw(System.Random random)
    {
        var targets = KernelTargets.Supported;
        var target = random.Next(targets.Length);
        return new()
        {
            Target = targets[target],
            OtherTarget = targets[(target + 1 + (targets.Length > 1 ? random.Next(targets.Length - 1) : 0)) % targets.Length],
            Workers = 1 + random.Next(3),
            OtherWorkers = Math.Max(1, random.Next(6) - 2),
            Optimizes = random.Next(6) != 0,
            SplitsAll = random.Next(4) != 0,
            ReturnsEveryNode = random.Next(3) == 0,
        };
    }

    public CompileOptions Options(KernelTarget target, string ns) => new()
    {
        Target = target,
        Optimize = Optimizes,
        DisabledRules = DisabledRule is null ? [] : [DisabledRule],
        Split = SplitsAll ? SplitPolicy.Always : SplitPolicy.Default,
        Namespace = ns,
        CheckNumerics = ChecksNumerics,
        CacheDirectory = "",
        Debug = new DebugOptions(),
    };

    public override string ToString()
    {
        var workers = $"{Target} with 1 and {Workers} worker(s), {OtherTarget} with {OtherWorkers}";
        string[] switches =
        [
            workers, Optimizes ? "optimised" : "optimiser off", DisabledRule is null ? "" : $"without rule {DisabledRule}",
            SplitsAll ? "split always" : "", ReturnsEveryNode ? "every node an output" : "", ChecksNumerics ? "values checked" : "",
        ];
        return string.Join(", ", switches.Where(static s => s.Length > 0));
    }
}
