namespace GraphCompiler.Fuzz.Drawing;

/// <summary>Names of outputs: mostly plain, some that generated code could stumble over.</summary>
internal static class OutputNames
{
    private static readonly string[] Odd = ["class", "w", "Run", "K", "batch", "x 0", "π", "*/", "\"", "a/b", "Math", "0", "i0", "_"];

    public static string Draw(int index, System.Random random) => random.Next(12) == 0 ? $"{Odd[random.Next(Odd.Length)]}{(index == 0 ? "" : $" {index}")}" : $"y{index}";
}
