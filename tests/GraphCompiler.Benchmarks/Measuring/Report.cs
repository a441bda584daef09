using System.Globalization;

namespace GraphCompiler.Benchmarks.Measuring;

/// <summary>Lines of text, five words each: workload, program, threads, metric with its unit, value.</summary>
internal static class Report
{
    private const string Program = "graphcompiler";

    /// <summary>One measurement.</summary>
    public static void Line(string workload, int threads, string metric, double value, string format = "G5") =>
        Console.WriteLine($"{workload} {Program} {threads} {metric} {value.ToString(format, CultureInfo.InvariantCulture)}");

    /// <summary>One value to be compared with another program's.</summary>
    public static void Check(string workload, string metric, double value) => Line(workload, 1, metric, value, "G9");
}
