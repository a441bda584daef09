namespace GraphCompiler.Runtime.State;

/// <summary>Suggestions for a name that does not exist.</summary>
internal static class NearestNames
{
    private const int Suggestions = 3;

    // The distance costs the product of the lengths; nobody mistypes a name this long.
    private const int LongestName = 200;

    /// <summary>
    /// Up to three names, nearest first; those that end in the wanted name, or are its end, count as near.
    /// </summary>
    public static string[] To(string wanted, IEnumerable<string> names) =>
    [
        .. names.Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(pair => pair.Distance <= Math.Max(2, wanted.Length / 2))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Take(Suggestions)
            .Select(pair => pair.Name),
    ];

    private static int Distance(string a, string b)
    {
        if (a.Length == 0 || a.Length > LongestName || b.Length > LongestName)
        {
            return int.MaxValue;
        }

        var (upperA, upperB) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        return IsEnd(upperA, upperB) || IsEnd(upperB, upperA) ? 1 : Edits(upperA, upperB);
    }

    private static bool IsEnd(string scoped, string name) => scoped.EndsWith($"/{name}", StringComparison.Ordinal);

    // Levenshtein's distance, one row at a time.
    private static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
