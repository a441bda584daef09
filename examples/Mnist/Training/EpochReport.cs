using System.Globalization;

namespace Mnist.Training;

/// <summary>What one epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Loss">Mean over the images of the epoch, each with the parameters of its step.</param>
/// <param name="Accuracy">Fraction of the test images that are recognised after it.</param>
/// <param name="Seconds">Time that training took, evaluation not included.</param>
/// <param name="Images">Images trained on.</param>
internal readonly record struct EpochReport(
    int Epoch, int Epochs, double Loss, double Accuracy, double Seconds, int Images)
{
    /// <summary>A fraction as a percentage: <c>97.61 %</c>.</summary>
    public static string Percent(double fraction) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:F2} %");

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {Epoch}/{Epochs}  loss {Loss:F4}  test accuracy {Percent(Accuracy)}  " +
        $"{Seconds:F1} s  {Images / Seconds:N0} images/s");
}
