using System.Globalization;
using System.Text;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;

namespace GraphCompiler.Ahead;

/// <summary>Values and the user's texts as C#, so that they read back the same, and are nothing but that.</summary>
internal static class CSharpText
{
    /// <summary>A string literal; all but plain text is escaped.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~' || (char.IsLetterOrDigit(c) && !char.IsSurrogate(c)))
            {
                text.Append(c);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>Text within an XML documentation comment: one line, without marks.</summary>
    public static string Xml(string value)
    {
        var text = new StringBuilder();
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                >= ' ' and <= '~' or '·' or '…' => c.ToString(),
                _ => char.IsLetterOrDigit(c) && !char.IsSurrogate(c) ? c.ToString() : "?",
            });
        }

        return text.ToString();
    }

    /// <summary>A double with all its bits, those of NaN too.</summary>
    public static string Literal(double value) => !double.IsNaN(value)
        ? Literals.Of(DType.Float64, value)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"global::System.BitConverter.Int64BitsToDouble(unchecked((long)0x{BitConverter.DoubleToInt64Bits(value):x16}UL))");

    public static string Literal(long value) =>
        value == long.MinValue ? "long.MinValue" : value.ToString(CultureInfo.InvariantCulture) + "L";
}
