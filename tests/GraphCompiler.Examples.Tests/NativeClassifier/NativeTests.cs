using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Examples.Tests.NativeClassifier;

/// <summary>The example as machine code: trained weights and predictions are those of the run-time path.</summary>
public sealed class NativeTests
{
    private const int Images = 1000; // the last batch is a partial one
    private const long MaxBytes = 3 << 20;

    [Test]
    public void Publish_ForAvx2_TrainsAndClassifiesWithTheBitsOfTheRunTimePath()
    {
        using var program = new NativeProgram("avx2,fma,bmi,bmi2,lzcnt,movbe,popcnt");
        Assert.That(new FileInfo(program.Binary).Length, Is.LessThanOrEqualTo(MaxBytes));
        if (!Avx2.IsSupported || !Fma.IsSupported)
        {
            Assert.Ignore("AVX2 is missing: this processor cannot run the program");
        }

        using var variables = DigitPrograms.Train(Images);
        variables.Save(program.File("expected"));
        var logits = DigitPrograms.Logits(variables);

        var trained = program.Run("train", program.File("weights"), "--epochs", "1", "--images", $"{Images}", "--threads", "2");
        Assert.That(trained.Output, Does.StartWith("training with Avx2 kernels"));
        Assert.That(trained.Code, Is.Zero);
        Assert.That(File.ReadAllBytes(program.File("weights")).AsSpan().SequenceEqual(File.ReadAllBytes(program.File("expected"))), "trained weights");

        var tested = program.Run("test", program.File("weights"), "--logits", program.File("logits"));
        Assert.That(tested.Output, Does.Match(@"^Avx2: \d+ of 10000 correct"));
        Assert.That(MemoryMarshal.AsBytes(logits.AsSpan()).SequenceEqual(File.ReadAllBytes(program.File("logits"))), "logits");

        var classified = program.Run(["classify", program.File("weights"), .. Enumerable.Range(0, 10).Select(program.Image)]);
        Assert.That(classified.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(10).And.All.Match(@"\.pgm: \d$"));
        Mistakes(program);
    }

    [Test]
    public void Publish_ForEveryProcessor_ClassifiesWithPortableKernels()
    {
        if (Environment.GetEnvironmentVariable("GRAPHC_TEST_ALL") != "1")
        {
            Assert.Ignore("GRAPHC_TEST_ALL=1 is missing: publishing a second time takes as long again");
        }

        using var program = new NativeProgram("");
        Assert.That(new FileInfo(program.Binary).Length, Is.LessThanOrEqualTo(MaxBytes));
        using var variables = DigitPrograms.Train(Images);
        variables.Save(program.File("weights"));

        // Without fused multiply-add, the last bits differ.
        var tested = program.Run("test", program.File("weights"), "--logits", program.File("logits"));
        Assert.That(tested.Output, Does.Match(@"^Portable: \d+ of 10000 correct"));
        var (actual, expected) = (DigitPrograms.ReadFloats(program.File("logits")), DigitPrograms.Logits(variables));
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        Assert.That(actual.Zip(expected).Max(static pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-4));
        Assert.That(program.Run("train", program.File("more"), "--epochs", "1", "--images", "100").Code, Is.Zero);
        using var more = Variables.Open(program.File("more"));
        Assert.That(more["layer1/w/velocity"].Read<float>(), Has.Some.Not.Zero);
    }

    private static void Mistakes(NativeProgram program)
    {
        foreach (var (arguments, message) in new (string[], string)[]
        {
            ([], "usage: "),
            (["classify", program.File("weights")], "usage: "),
            (["test", program.File("nothing")], "GRC0432"),
            (["test", program.Image(1)], "GRC0430"),
            (["classify", program.File("weights"), program.File("weights")], "too long"),
            (["train", program.File("w"), "--epochs", "0"], "--epochs 0"),
            (["train", program.File("w"), "--data", program.File("")], "train-images"),
        })
        {
            var (code, output) = program.Run(arguments);
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(output, Does.StartWith("error: ").And.Contain(message));
        }
    }
}
