using System.Globalization;
using System.Text;

namespace GraphCompiler.Diagnostics;

/// <summary>
/// Names as dumps, messages and comments show them. A name is any text of the user's: shown, it is one line without
/// quotes or comment marks that could end what it stands in, of a bounded length, and different for different names.
/// </summary>
internal static class DisplayName
{
    /// <summary>Characters shown at most.</summary>
    public const int MaxLength = 80;

    private const int HashLength = 8;

    /// <summary>
    /// The name itself where it is harmless. Otherwise control, format and unpaired surrogate characters, quotes and
    /// backslashes are escaped as in C#, <c>*/</c> becomes <c>*\/</c>, and what is too long is cut: <c>start…#1a2b3c4d</c>.
    /// </summary>
    public static string Of(string name) => Line(name, MaxLength);

    /// <inheritdoc cref="Of(string)"/>
    /// <param name="name">Any text.</param>
    /// <param name="maxLength">Characters shown at most.</param>
    public static string Line(string name, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        var cut = 0; // where the text would end if it had to be cut
        for (var i = 0; i < name.Length; i++)
        {
            var isPair = char.IsSurrogatePair(name, i);
            Append(text, name, i, isPair);
            i += isPair ? 1 : 0;
            if (text.Length <= maxLength - HashLength - 2)
            {
                cut = text.Length;
            }
            else if (text.Length > maxLength)
            {
                return $"{text.ToString(0, cut)}…#{Hash(name):x8}";
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, int i, bool isPair)
    {
        var c = name[i];
        if (isPair)
        {
            AppendPair(text, name, i);
        }
        else if (c is '"' or '\\' || (c == '/' && i > 0 && name[i - 1] == '*'))
        {
            text.Append('\\').Append(c);
        }
        else if (IsShown(char.GetUnicodeCategory(c)))
        {
            text.Append(c);
        }
        else
        {
            text.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\u{(int)c:x4}" });
        }
    }

    private static void AppendPair(StringBuilder text, string name, int i)
    {
        if (IsShown(CharUnicodeInfo.GetUnicodeCategory(name, i)))
        {
            text.Append(name, i, 2);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(name, i):x8}");
        }
    }

    // Format characters include those that turn the direction of text, and so what a reader takes for code.
    private static bool IsShown(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    // FNV-1a: the same on every machine and in every process, as string.GetHashCode is not.
    private static uint Hash(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash;
    }
}
