using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using Mnist;
using Mnist.Datasets;

namespace NativeClassifier;

/// <summary>Trains, tests, classifies.</summary>
internal static class App
{
    private const float FirstRate = 0.05f;
    private const long Seed = 1;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var options = Options.Parse(args);
            switch (options.Command)
            {
                case "train":
                    Train(options, output);
                    break;
                case "test":
                    Test(options, output);
                    break;
                default:
                    Classify(options, output);
                    break;
            }

            return 0;
        }
        catch (Exception e) when (e is UserError or GraphException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"error: {e.Message}");
            return 1;
        }
    }

    private static void Train(Options options, TextWriter output)
    {
        var digits = Digits.Load(options.Data, "train");
        using var step = new DigitTrainer(workers: options.Threads);
        output.WriteLine($"training with {DigitTrainer.Instructions} kernels, {step.Workers} workers");
        var count = Math.Min(options.Count, digits.Count);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            step.Rate[0] = FirstRate * (options.Epochs - epoch) / options.Epochs;
            var (order, total, time) = (Shuffle.Order(count, Seed, epoch), 0.0, TimeSpan.Zero);
            for (var start = 0; start < count; start += (int)DigitTrainer.MaxBatch)
            {
                var chosen = order.AsSpan(start, Math.Min((int)DigitTrainer.MaxBatch, count - start));
                step.Batch = chosen.Length;
                digits.CopyTo(chosen, step.Images, step.Labels);
                var watch = Stopwatch.GetTimestamp();
                step.Train();
                time += Stopwatch.GetElapsedTime(watch);
                total += step.Loss[0] * (double)chosen.Length;
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {epoch + 1}/{options.Epochs}  loss {total / count:F4}  {count / time.TotalSeconds:N0} images/s"));
        }

        step.Save(options.Weights);
    }

    private static void Test(Options options, TextWriter output)
    {
        var digits = Digits.Load(options.Data, "t10k");
        using var variables = Variables.Open(options.Weights);
        using var classifier = new DigitClassifier(variables, options.Threads);
        using var logits = options.Logits is { } path ? File.Create(path) : Stream.Null;
        var labels = new int[DigitClassifier.MaxBatch];
        var (correct, time) = (0, TimeSpan.Zero);
        foreach (var chosen in Enumerable.Range(0, digits.Count).Chunk(labels.Length))
        {
            classifier.Batch = chosen.Length;
            digits.CopyTo(chosen, classifier.Images, labels);
            var start = Stopwatch.GetTimestamp();
            classifier.Run();
            time += Stopwatch.GetElapsedTime(start);
            logits.Write(MemoryMarshal.AsBytes(classifier.Logits));
            for (var i = 0; i < chosen.Length; i++)
            {
                correct += classifier.Digit[i] == labels[i] ? 1 : 0;
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DigitClassifier.Instructions}: {correct} of {digits.Count} correct, {digits.Count / time.TotalSeconds:N0} images/s"));
    }

    private static void Classify(Options options, TextWriter output)
    {
        using var variables = Variables.Open(options.Weights);
        using var classifier = new DigitClassifier(variables, workers: 1);
        classifier.Batch = 1;
        foreach (var image in options.Images)
        {
            GrayImage.Read(image, classifier.Images);
            classifier.Run();
            output.WriteLine($"{image}: {classifier.Digit[0]}");
        }
    }
}
