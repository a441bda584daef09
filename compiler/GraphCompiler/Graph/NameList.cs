namespace GraphCompiler;

/// <summary>
/// Names of a value, in the order of giving. Most have one or none; a gradient that a thousand values have in common has the
/// names of all of them.
/// </summary>
internal sealed class NameList : List<string>
{
    private const int Few = 8;

    private HashSet<string>? _all;

    /// <summary>Whether a name is there, in time that does not grow with their number.</summary>
    public new bool Contains(string name)
    {
        if (Count <= Few)
        {
            return base.Contains(name);
        }

        _all ??= new(StringComparer.Ordinal);
        for (var i = _all.Count; i < Count; i++)
        {
            _all.Add(this[i]);
        }

        return _all.Contains(name);
    }
}
