using global::Mnist.Cli;

namespace GraphCompiler.Examples.Tests.Mnist;

public sealed class AppTests
{
    [Test]
    public void Run_OneEpoch_PrintsEpochAndAccuracyAndSavesParameters()
    {
        using var folder = Idx.Dataset(training: 100, test: 30); // 100 = 64 + 36: a partial batch too
        var (code, output, error) = Run(folder, "--epochs", "2", "--emit", folder.File("emitted"));
        Assert.That(error, Is.Empty);
        Assert.That(code, Is.Zero);
        Assert.That(
            output, Does.Match(@"^compiled in \d+\.\d\d s.*\nepoch 1/2  loss \d\.\d{4}  test accuracy \d+\.\d\d %  \d+\.\d s  [\d,]+ images/s\n"));
        Assert.That(output, Does.Match(@"\ntest accuracy: \d+\.\d\d %\n$"));
        using var saved = Runtime.State.Variables.Open(folder.File("saved"));
        Assert.That(
            saved.Select(static v => v.ToString()),
            Is.EquivalentTo(new[]
            {
                "\"layer1/w\" float32 [784, 256]", "\"layer1/b\" float32 [256]",
                "\"layer2/w\" float32 [256, 128]", "\"layer2/b\" float32 [128]",
                "\"layer3/w\" float32 [128, 10]", "\"layer3/b\" float32 [10]",
            }));
        Assert.That(
            Directory.GetFiles(folder.File("emitted")).Select(Path.GetFileName),
            Is.EquivalentTo(new[]
            {
                "mnist_train.cs", "mnist_train.graph.txt", "mnist_train.summary.txt",
                "mnist_evaluate.cs", "mnist_evaluate.graph.txt", "mnist_evaluate.summary.txt",
            }));
    }

    [Test]
    public void Run_SameSeedOtherThreads_SavesTheSameBytes()
    {
        using var folder = Idx.Dataset(training: 150, test: 10);
        Run(folder, "--epochs", "1", "--threads", "1");
        var serial = File.ReadAllBytes(folder.File("saved"));
        Run(folder, "--epochs", "1", "--threads", "3");
        Assert.That(File.ReadAllBytes(folder.File("saved")), Is.EqualTo(serial));
        Run(folder, "--epochs", "1", "--seed", "2");
        Assert.That(File.ReadAllBytes(folder.File("saved")), Is.Not.EqualTo(serial));
    }

    [Test]
    public void Run_LossDiverges_SaysSoAndSavesNothing()
    {
        using var folder = Idx.Dataset(training: 40, test: 10);
        var (code, _, error) = Run(folder, "--epochs", "3", "--rate", "10", "--batch", "1");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.StartWith("error: the loss of epoch ").And.Contain("--rate"));
        Assert.That(folder.File("saved"), Does.Not.Exist);
    }

    [Test]
    public void Run_DamagedData_IsOneLineAndExitCode1()
    {
        using var folder = Idx.Dataset(training: 3, test: 3);
        folder.Write("t10k-labels-idx1-ubyte", [1, 2, 3]);
        var (code, output, error) = Run(folder);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.Match("^error: [^\n]+truncated[^\n]+\n$"));
    }

    [Test]
    public void Run_InvalidOption_IsOneLineAndExitCode1()
    {
        using var folder = Idx.Dataset(training: 3, test: 3);
        var (code, output, error) = Run(folder, "--batch", "0");
        Assert.That((code, output, error), Is.EqualTo((1, "", "error: --batch must be 1 to 10,000, not 0\n")));
    }

    [Test]
    public void Run_NowhereToSave_SaysSoBeforeTraining()
    {
        using var folder = Idx.Dataset(training: 3, test: 3);
        using var error = new StringWriter { NewLine = "\n" };
        string[] args = ["--data", folder.Path, "--save", folder.File("no/such/folder/file")];
        Assert.That(App.Run(args, TextWriter.Null, error, terminal: false, default), Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Match("^error: --save [^\n]+\n$"));
    }

    [Test]
    public void Run_Cancelled_Returns130AndSavesNothing()
    {
        using var folder = Idx.Dataset(training: 3, test: 3);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var (code, _, error) = Run(folder, cancellation.Token);
        Assert.That((code, error), Is.EqualTo((130, "cancelled: nothing was saved\n")));
        Assert.That(folder.File("saved"), Does.Not.Exist);
    }

    private static (int Code, string Output, string Error) Run(TemporaryFolder data, params string[] args) =>
        Run(data, CancellationToken.None, args);

    private static (int Code, string Output, string Error) Run(
        TemporaryFolder data, CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] all = ["--data", data.Path, "--save", data.File("saved"), .. args];
        var code = App.Run(all, output, error, terminal: false, cancellation);
        return (code, output.ToString(), error.ToString());
    }
}
