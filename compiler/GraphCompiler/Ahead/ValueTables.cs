using System.Globalization;
using GraphCompiler.CodeGen;

namespace GraphCompiler.Ahead;

/// <summary>Numbers that the program holds, each table once, as methods that make an array of them.</summary>
internal sealed class ValueTables
{
    private const int LineLength = 100;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly CodeWriter _text = new();

    public bool IsEmpty => _names.Count == 0;

    /// <summary>An expression for an array of these values.</summary>
    public string Add(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return "new double[0]";
        }

        var body = Body(values);
        if (!_names.TryGetValue(body, out var name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"Table{_names.Count}");
            _names.Add(body, name);
            _text.Line();
            _text.Open($"internal static double[] {name}() => new double[]");
            _text.Append(body);
            _text.Close("};");
        }

        return $"Tables.{name}()";
    }

    /// <summary>The class that holds them.</summary>
    public void Write(CodeWriter into)
    {
        into.Line("/// <summary>Values of constants, and initial values of variables.</summary>");
        into.Open("internal static class Tables");
        into.Append(_text.ToString()[1..]);
        into.Close();
    }

    private static string Body(IReadOnlyList<double> values)
    {
        var (text, line) = (new CodeWriter(), "");
        foreach (var value in values)
        {
            var next = CSharpText.Literal(value) + ",";
            if (line.Length + next.Length > LineLength)
            {
                text.Line(line);
                line = "";
            }

            line += line.Length == 0 ? next : " " + next;
        }

        text.Line(line);
        return text.ToString();
    }
}
