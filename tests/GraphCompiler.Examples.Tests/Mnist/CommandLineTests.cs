using global::Mnist;
using global::Mnist.Cli;

namespace GraphCompiler.Examples.Tests.Mnist;

public sealed class CommandLineTests
{
    [Test]
    public void Parse_NoArguments_GivesDefaults() =>
        Assert.That(CommandLine.Parse([], TextWriter.Null), Is.EqualTo(new Options()));

    [Test]
    public void Parse_AllOptions_SetsThem()
    {
        string[] args =
        [
            "--epochs", "3", "--batch", "32", "--rate", "0.25", "--seed", "-7", "--threads", "2",
            "--data", "d", "--save", "s", "--emit", "e", "--no-progress",
        ];
        Assert.That(CommandLine.Parse(args, TextWriter.Null), Is.EqualTo(new Options
        {
            Epochs = 3,
            Batch = 32,
            Rate = 0.25,
            Seed = -7,
            Threads = 2,
            Data = "d",
            Save = "s",
            Emit = "e",
            NoProgress = true,
        }));
    }

    [TestCase("--epochs", "0")]
    [TestCase("--epochs", "1001")]
    [TestCase("--epochs", "many")]
    [TestCase("--epochs", "99999999999")]
    [TestCase("--batch", "0")]
    [TestCase("--batch", "-64")]
    [TestCase("--batch", "10001")]
    [TestCase("--batch", "6.5")]
    [TestCase("--rate", "0")]
    [TestCase("--rate", "-0.1")]
    [TestCase("--rate", "NaN")]
    [TestCase("--rate", "Infinity")]
    [TestCase("--rate", "fast")]
    [TestCase("--seed", "1.5")]
    [TestCase("--threads", "0")]
    [TestCase("--threads", "257")]
    [TestCase("--data", "")]
    [TestCase("--save", "")]
    [TestCase("--emit", "")]
    public void Parse_ValueOutOfRange_NamesTheOption(string option, string value) =>
        Assert.That(
            () => CommandLine.Parse([option, value], TextWriter.Null),
            Throws.TypeOf<UserError>().With.Message.Contains(option).And.Message.Not.Contains("\n"));

    [TestCase("--epoch")]
    [TestCase("data")]
    [TestCase("--epochs")]
    [TestCase("@missing.rsp")]
    public void Parse_UnknownOrIncompleteArgument_NamesIt(string argument) =>
        Assert.That(
            () => CommandLine.Parse([argument], TextWriter.Null),
            Throws.TypeOf<UserError>().With.Message.Contains(argument));

    [Test]
    public void Parse_Help_ShowsOptionsAndLeavesNothingToDo()
    {
        using var output = new StringWriter();
        Assert.That(CommandLine.Parse(["--help"], output), Is.Null);
        Assert.That(output.ToString(), Does.Contain("--epochs").And.Contain("--no-progress"));
    }
}
