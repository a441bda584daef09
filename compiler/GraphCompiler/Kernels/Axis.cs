namespace GraphCompiler.Kernels;

/// <summary>A loop variable: 0 ≤ axis &lt; extent. Compared by reference.</summary>
internal sealed class Axis(string name, Dim extent)
{
    /// <summary>Hint for the name of the variable in generated code.</summary>
    public string Name => name;

    public Dim Extent => extent;

    public override string ToString() => $"{name}<{extent}>";
}
