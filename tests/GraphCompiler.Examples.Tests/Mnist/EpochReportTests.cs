using global::Mnist.Training;

namespace GraphCompiler.Examples.Tests.Mnist;

public sealed class EpochReportTests
{
    [Test]
    public void ToString_OfAnEpoch_IsTheLineInTheReadme()
    {
        var report = new EpochReport(
            Epoch: 3, Epochs: 10, Loss: 0.07312, Accuracy: 0.9761, Seconds: 1.91083, Images: 60_000);
        Assert.That(
            report.ToString(),
            Is.EqualTo("epoch 3/10  loss 0.0731  test accuracy 97.61 %  1.9 s  31,400 images/s"));
    }
}
