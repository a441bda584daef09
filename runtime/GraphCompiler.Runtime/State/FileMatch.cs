namespace GraphCompiler.Runtime.State;

/// <summary>Which tensor of a file goes into which variable.</summary>
internal static class FileMatch
{
    // A file of another model differs in everything; nobody reads a thousand lines of it.
    private const int Listed = 10;

    /// <summary>Pairs variables and tensors by name, in the order of the variables.</summary>
    /// <param name="variables">What to load into.</param>
    /// <param name="header">What there is.</param>
    /// <param name="path">For messages.</param>
    /// <param name="strict">Whether all names must occur on both sides.</param>
    /// <exception cref="GraphException">
    /// GRC0431: names, types or shapes do not match; all of them are told at once.
    /// </exception>
    public static List<(Variable Variable, TensorEntry Entry)> Pair(
        Variables variables, SafetensorsHeader header, string path, bool strict)
    {
        var entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        List<(Variable, TensorEntry)> pairs = [];
        List<string> missing = [];
        List<string> different = [];
        foreach (var variable in variables)
        {
            if (!entries.Remove(variable.Name, out var entry))
            {
                missing.Add(variable.ToString());
            }
            else if (entry.Type != variable.Type || !entry.Shape.AsSpan().SequenceEqual(variable.Shape.AsSpan()))
            {
                different.Add($"{variable}, in the file {entry.Describe()}");
            }
            else
            {
                pairs.Add((variable, entry));
            }
        }

        List<string> extra = [];
        extra.AddRange(header.Entries.Where(each => entries.ContainsKey(each.Name)).Select(each => each.ToString()));
        if (!strict)
        {
            missing.Clear();
            extra.Clear();
        }

        return different.Count + missing.Count + extra.Count == 0
            ? pairs
            : throw new GraphException(
                "GRC0431",
                $"Loading requires a file with these variables: \"{path}\"" + List("different", different) +
                List("missing in the file", missing) + List("only in the file", extra));
    }

    private static string List(string title, List<string> items)
    {
        var rest = items.Count > Listed ? $" and {items.Count - Listed} more" : "";
        return items.Count == 0 ? "" : $"; {title}: {string.Join(", ", items.Take(Listed))}{rest}";
    }
}
