using System.Collections.Immutable;
using System.Globalization;

namespace GraphCompiler.Runtime.State;

/// <summary>What an initialiser fills: the memory of one variable, in any of the element types.</summary>
/// <param name="Name">The scoped name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Address">Memory for all elements, aligned to their size.</param>
/// <param name="Count">Elements: the product of the extents.</param>
internal readonly unsafe record struct InitializerTarget(
    string Name, DType Type, ImmutableArray<long> Shape, nint Address, long Count)
{
    /// <summary>Sets element <paramref name="index"/>, rounded to the type.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="value">
    /// For <see cref="DType.Int32"/> and <see cref="DType.Bool"/> one that <see cref="Holds"/> is true of.
    /// </param>
    public void Set(long index, double value)
    {
        switch (Type)
        {
            case DType.Float32:
                ((float*)Address)[index] = (float)value;
                break;
            case DType.Float64:
                ((double*)Address)[index] = value;
                break;
            case DType.Int32:
                ((int*)Address)[index] = (int)value;
                break;
            case DType.Bool:
                ((byte*)Address)[index] = value != 0 ? (byte)1 : (byte)0;
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"{Type}");
        }
    }

    /// <summary>
    /// True when an element can be <paramref name="value"/>: any number if floating (rounded), else only an exact one.
    /// </summary>
    public bool Holds(double value) => Type switch
    {
        DType.Int32 => value == Math.Truncate(value) && value is >= int.MinValue and <= int.MaxValue,
        DType.Bool => value is 0 or 1,
        _ => true,
    };

    /// <summary>The error that these values do not fit.</summary>
    public GraphException Misfit(FormattableString rule)
    {
        var text = rule.ToString(CultureInfo.InvariantCulture);
        return new GraphException("GRC0425", $"{text}: \"{Name}\" is {Type.Name()} {ShapeText.Of(Shape)}");
    }
}
