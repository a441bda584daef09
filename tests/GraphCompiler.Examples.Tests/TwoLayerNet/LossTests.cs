using System.Globalization;
using global::TwoLayerNet;

namespace GraphCompiler.Examples.Tests.TwoLayerNet;

public sealed class LossTests
{
    private const double Float32Tolerance = 1e-4; // relative, over 2,000 steps; 1e-5 is usual
    private const double Float64Tolerance = 1e-11; // another order of summation, and nothing else

    [Test]
    public void Train_2000Steps_AgreesWithNumPyInDouble()
    {
        var losses = Network.Train(Problem.Draw(seed: 1), steps: 2000, threads: 2).ToArray();
        foreach (var (step, expected) in Reference())
        {
            Assert.That(losses[step], Is.EqualTo(expected).Within(Float32Tolerance * expected), $"step {step}");
        }
    }

    [Test]
    public void Train_OtherThreads_GivesTheSameBits()
    {
        var problem = Problem.Draw(seed: 2);
        var serial = Network.Train(problem, steps: 20, threads: 1);
        Assert.That(Network.Train(problem, steps: 20, threads: 3), Is.EqualTo(serial));
    }

    [Test]
    public void PlainLoops_First100Steps_AgreeWithNumPyInDouble()
    {
        var losses = PlainLoops.Train(Problem.Draw(seed: 1), steps: 101).ToArray();
        foreach (var (step, expected) in Reference().Where(static row => row.Step <= 100))
        {
            Assert.That(losses[step], Is.EqualTo(expected).Within(Float64Tolerance * expected), $"step {step}");
        }
    }

    [Test]
    public void Export_OfAProblem_IsItsNumbersInOrder()
    {
        using var folder = new TemporaryFolder();
        var problem = Problem.Draw(seed: 1);
        problem.Export(folder.File("initial.bin"));
        var bytes = File.ReadAllBytes(folder.File("initial.bin"));
        Assert.That(bytes, Has.Length.EqualTo(4 * (64 * 1000 + 64 * 10 + 1000 * 100 + 100 * 10)));
        Assert.That(BitConverter.ToSingle(bytes), Is.EqualTo(problem.X[0]));
        Assert.That(BitConverter.ToSingle(bytes, bytes.Length - 4), Is.EqualTo(problem.W2[^1]));
    }

    private static IEnumerable<(int Step, double Loss)> Reference()
    {
        using var reader = new StreamReader(typeof(LossTests).Assembly.GetManifestResourceStream("losses.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ') is [not "#", var loss] and [var step, _])
            {
                var culture = CultureInfo.InvariantCulture;
                yield return (int.Parse(step, culture), double.Parse(loss, culture));
            }
        }
    }
}
