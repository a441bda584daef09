namespace GraphCompiler.Runtime.State;

/// <summary>
/// The values that a variable has before anyone writes it. Made by <see cref="Init"/>; equal by content.
/// </summary>
/// <remarks>
/// The values depend on the initialiser, the variable's scoped name and its shape alone: not on threads, nor on other
/// variables.
/// </remarks>
public abstract record Initializer
{
    private protected Initializer()
    {
    }

    /// <summary>Fills a new variable's memory.</summary>
    /// <exception cref="GraphException">GRC0425: these values do not fit a variable of this type or shape.</exception>
    internal abstract void Fill(InitializerTarget target);
}
