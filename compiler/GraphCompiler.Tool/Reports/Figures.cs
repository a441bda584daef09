using System.Globalization;

namespace GraphCompiler.Tool.Reports;

/// <summary>Numbers as people read them: three digits that count.</summary>
internal static class Figures
{
    /// <summary>Thousands set apart.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes in binary units.</summary>
    public static string Bytes(long bytes) => Scale(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]);

    /// <summary>Operations in decimal units.</summary>
    public static string Flops(long flops) => Scale(flops, 1000, ["flop", "kflop", "Mflop", "Gflop", "Tflop"]);

    /// <summary>Nanoseconds in the unit that fits.</summary>
    public static string Time(double nanoseconds) => Scale(nanoseconds, 1000, ["ns", "µs", "ms", "s"]);

    /// <summary>A ratio with three digits that count.</summary>
    public static string Ratio(double value) => Digits(value);

    private static string Scale(double value, double step, string[] units)
    {
        var unit = 0;
        while (value >= step && unit < units.Length - 1)
        {
            (value, unit) = (value / step, unit + 1);
        }

        return $"{Digits(value)} {units[unit]}";
    }

    private static string Digits(double value) => value switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
