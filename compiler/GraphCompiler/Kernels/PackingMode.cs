namespace GraphCompiler.Kernels;

/// <summary>When a contraction copies its right operand into panels.</summary>
internal enum PackingMode
{
    /// <summary>Never: it is read in place.</summary>
    None,

    /// <summary>All panels before all tiles, since several blocks of rows use them.</summary>
    Whole,

    /// <summary>Each panel before its tiles: it is needed only then, and stays in cache.</summary>
    Panel,
}
