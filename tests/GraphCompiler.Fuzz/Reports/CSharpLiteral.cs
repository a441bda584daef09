using System.Collections;
using System.Globalization;
using System.Reflection;
using GraphCompiler.Fuzz.Cases;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Fuzz.Reports;

/// <summary>Attributes of operators as C#: numbers, extents, lists of them, and records of all that.</summary>
internal static class CSharpLiteral
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value}{(value is long and (> int.MaxValue or < int.MinValue) ? "L" : "")}"),
        double d => Of(d),
        string s => SymbolDisplay.FormatLiteral(s, quote: true),
        Enum e => $"{e.GetType().Name}.{e}",
        Dim dim => Of(dim),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Of))}]", // shapes are lists of extents
        _ => $"new {value.GetType().Name}({string.Join(", ", ArgumentsOf(value).Select(Of))})",
    };

    public static string Of(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsInfinity(value) ? value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity"
        : value == 0 && double.IsNegative(value) ? "-0.0"
        : value.ToString("R", CultureInfo.InvariantCulture) is var text && text.All(static c => char.IsDigit(c) || c == '-') ? text + ".0" : text;

    /// <summary>A symbol's variable.</summary>
    public static string NameOf(Symbol symbol) => "s_" + new string([.. symbol.Name.Where(char.IsAsciiLetterOrDigit)]);

    /// <summary>What a record was made of: the properties that its constructor names.</summary>
    public static IReadOnlyList<object?> ArgumentsOf(object record)
    {
        var type = record.GetType();
        var constructor = Constructor(type);
        return [.. constructor.GetParameters().Select(p => type.GetProperty(p.Name!)!.GetValue(record))];
    }

    /// <summary>The same record with other arguments.</summary>
    public static object With(object record, Func<object?, object?> map) =>
        Constructor(record.GetType()).Invoke([.. ArgumentsOf(record).Select(map)]);

    /// <summary>Symbols of all extents, each once.</summary>
    public static IEnumerable<Symbol> SymbolsOf(GraphSteps steps) =>
        steps.Steps.SelectMany(static s => Dims(s.Operator)).SelectMany(static d => d.Symbols).Distinct();

    private static IEnumerable<Dim> Dims(object? value) => value switch
    {
        Dim dim => [dim],
        string or null => [],
        IEnumerable list => list.Cast<object>().SelectMany(Dims),
        Operators.Operator or TensorType or Kernels.ContractionAxes => ArgumentsOf(value).SelectMany(Dims),
        _ => [],
    };

    private static string Of(Dim dim) => dim.Symbols.IsEmpty
        ? dim.Factor.ToString(CultureInfo.InvariantCulture)
        : string.Join(" * ", (dim.Factor == 1 ? [] : new[] { dim.Factor.ToString(CultureInfo.InvariantCulture) }).Concat(dim.Symbols.Select(NameOf)));

    // The primary one: its parameters are properties.
    private static ConstructorInfo Constructor(Type type) => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Where(c => c.GetParameters().All(p => type.GetProperty(p.Name!)?.PropertyType == p.ParameterType))
        .MaxBy(static c => c.GetParameters().Length)!;
}
