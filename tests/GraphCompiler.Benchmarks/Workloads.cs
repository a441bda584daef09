using GraphCompiler.Benchmarks.Works;

namespace GraphCompiler.Benchmarks;

/// <summary>The named workloads, with the names that the peers' driver gives them; X1 and X2 are ours alone.</summary>
internal static class Workloads
{
    private const int Million = 1_000_000;
    private const int Mebi = 1 << 20;

    private static readonly int[] MlpSizes = [784, 512, 256, 10];

    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["W1", "W2", "W3", "W6", "W7", "W8", "X1", "X2"];

    /// <summary>True where arithmetic is the limit, so that its peak belongs beside the figures.</summary>
    public static bool IsArithmetic(string workload) => workload is "W1" or "W3" or "W7";

    /// <summary>What a workload consists of; nothing for a name that is not known (yet).</summary>
    public static IEnumerable<Work> Of(string workload) => workload switch
    {
        "W1" => Products(),
        "W2" => [new TwoLayerNet("net2", batch: 64, inputs: 1000, hidden: 100, outputs: 10)],
        "W3" => from batch in new[] { 64, 128, 256 }
                from optimizer in new[] { Optimizer.Sgd, Optimizer.Adam }
                select new MlpTraining($"mlp_b{batch}_{optimizer.ToString().ToLowerInvariant()}", MlpSizes, batch, optimizer),
        "W6" => [.. Gelus(), .. RowWorks("softmax", 1024, 1024), .. RowWorks("layernorm", 4096, 768), new AdamUpdate("adam_10M", 10 * Million)],
        "W7" => [new MlpInference("mlp_b1", MlpSizes, 1), new MlpInference("mlp_b64", MlpSizes, 64)],
        "W8" => [new ScalarProduct("tiny_fwdbwd")],
        "X1" => [new NormalisedMlp("mlp_layernorm_gelu", [391, 251, 173, 119, 67, 11], batch: 93)],
        "X2" => [new StandardisedPairs("pairs_float64", rows: 613, centres: 37, columns: 29)],
        _ => [],
    };

    /// <summary>The step whose first run in a fresh process is measured.</summary>
    public static Work FirstStep => new MlpTraining("startup", MlpSizes, 64, Optimizer.Adam);

    /// <summary>Softmax or layer norm of rows, forward and with gradients.</summary>
    public static IEnumerable<Work> RowWorks(string function, int rows, int columns)
    {
        foreach (var backward in new[] { false, true })
        {
            var name = $"{function}_{rows}x{columns}_{(backward ? "fwdbwd" : "fwd")}";
            yield return function == "softmax" ? new Softmax(name, rows, columns, backward) : new LayerNorm(name, rows, columns, backward);
        }
    }

    private static IEnumerable<Work> Products() =>
    [
        .. new[] { 64, 128, 256, 512, 1024, 2048 }.Select(static n => new MatrixProduct($"sq{n}", n, n, n)),
        new MatrixProduct("m64k1000n100", 64, 1000, 100),
        new MatrixProduct("m100k64n10", 100, 64, 10),
        new MatrixProduct("m128k784n512", 128, 784, 512),
        new MatrixProduct("Tm784k128n512", 784, 128, 512, "TN"),
        new MatrixProduct("m32k768n3072", 32, 768, 3072),
    ];

    private static IEnumerable<Work> Gelus() =>
        from size in new[] { 1, 16 }
        from tanh in new[] { false, true }
        select new Gelu($"gelu_{(tanh ? "tanh" : "erf")}_axb_{size}M", size * Mebi, tanh);
}
