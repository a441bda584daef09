namespace GraphCompiler.Runtime;

/// <summary>An input or output of one execution as its user sees it.</summary>
internal struct SlotView
{
    /// <summary>Its first element.</summary>
    public nint Address;

    /// <summary>Its elements by the symbols' values of the moment; negative while nobody has asked.</summary>
    public int Count;

    /// <summary>Where an input's elements come from: how many were fed, or that they were not.</summary>
    public long Fed;

    public readonly unsafe Span<T> Elements<T>() where T : unmanaged => new((void*)Address, Count);
}
