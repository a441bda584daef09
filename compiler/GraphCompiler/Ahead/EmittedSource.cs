namespace GraphCompiler;

/// <summary>A graph as C#, to be compiled into an application.</summary>
/// <param name="ClassName">Name of the class.</param>
/// <param name="Text">
/// One C# file, lines ended by LF, that needs nothing of the settings of the project it is compiled in but C# 9. It is
/// the same bytes on every machine, wherever and on which line the graph was declared.
/// </param>
/// <param name="Map">
/// JSON: which lines of <paramref name="Text"/> stem from which lines of the declaring program, and the names there.
/// </param>
/// <param name="ContentHash">
/// SHA-256, in 64 hexadecimal digits, of what stands below the line of <paramref name="Text"/> that says it.
/// </param>
public sealed record EmittedSource(string ClassName, string Text, string Map, string ContentHash)
{
    /// <summary>What a file of <see cref="Text"/> is called.</summary>
    public string FileName => $"{ClassName}.g.cs";

    /// <summary>What a file of <see cref="Map"/> is called; it lives beside the other.</summary>
    public string MapFileName => $"{ClassName}.g.map.json";
}
