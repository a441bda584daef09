using System.Globalization;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>Values and types as C# text that reads back to the same bits.</summary>
internal static class Literals
{
    public static string Of(DType type, double value) => type switch
    {
        DType.Bool => value != 0 ? "true" : "false",
        DType.Int32 => Integer((long)value),
        DType.Float32 => Float((float)value),
        _ => Double(value),
    };

    /// <summary>The C# type of an element in a local.</summary>
    public static string TypeOf(DType type) => type switch
    {
        DType.Float32 => "float",
        DType.Float64 => "double",
        DType.Int32 => "int",
        _ => "bool",
    };

    /// <summary>The C# type of an element in memory.</summary>
    public static string StorageOf(DType type) => type == DType.Bool ? "byte" : TypeOf(type);

    private static string Integer(long value) =>
        value == int.MinValue ? "int.MinValue" : value.ToString(CultureInfo.InvariantCulture);

    private static string Float(float value) =>
        float.IsNaN(value) ? "float.NaN"
        : float.IsInfinity(value) ? (value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity")
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";

    private static string Double(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsInfinity(value) ? (value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity")
        : value.ToString("R", CultureInfo.InvariantCulture) + "d";
}
