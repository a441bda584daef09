using System.Runtime.InteropServices;
using global::Mnist.Datasets;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Examples.Tests.NativeClassifier;

/// <summary>The example's graphs, and what they compute when they are compiled at run time.</summary>
internal static class DigitPrograms
{
    public static string Folder { get; } = Find();

    /// <summary>Where the images are.</summary>
    public static string Data { get; } = Path.Combine(Folder, "..", "Mnist", "data");

    public static IEnumerable<GraphDefinition> Definitions =>
        GraphDefinitions.In(typeof(global::NativeClassifier.DigitGraphs).Assembly)
            .Where(static definition => definition.Method.DeclaringType == typeof(global::NativeClassifier.DigitGraphs));

    public static Graph Declare(string className) => Definitions.Single(definition => definition.ClassName == className).Declare();

    /// <summary>One epoch of the first images, as the example trains.</summary>
    public static Variables Train(int images)
    {
        var variables = new Variables();
        using var compiled = Declare("DigitTrainer").Compile();
        using var step = compiled.CreateExecution(variables);
        var digits = Digits.Load(Data, "train");
        step.Feed("rate", 0.05f);
        foreach (var chosen in Shuffle.Order(images, seed: 1, epoch: 0).Chunk(64))
        {
            step.Bind("batch", chosen.Length);
            digits.CopyTo(chosen, step.Span(compiled.Input<float>("images")), step.Span(compiled.Input<int>("labels")));
            step.Run();
        }

        return variables;
    }

    /// <summary>The logits of all test images.</summary>
    public static float[] Logits(Variables variables)
    {
        using var compiled = Declare("DigitClassifier").Compile();
        using var run = compiled.CreateExecution(variables);
        var digits = Digits.Load(Data, "t10k");
        var (logits, labels) = (new List<float>(), new int[500]);
        foreach (var chosen in Enumerable.Range(0, digits.Count).Chunk(labels.Length))
        {
            run.Bind("batch", chosen.Length);
            digits.CopyTo(chosen, run.Span(compiled.Input<float>("images")), labels);
            run.Run();
            logits.AddRange(run.Span(compiled.Output<float>("logits")));
        }

        return [.. logits];
    }

    public static float[] ReadFloats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "GraphCompiler.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "examples", "NativeClassifier");
    }
}
