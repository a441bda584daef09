namespace GraphCompiler.Schedule;

/// <summary>
/// The groups over one space that go through its points or rows, found by the memory that they share with another group.
/// Whoever looks for a partner asks a few of them, however many there are over the space.
/// </summary>
internal sealed class RowGroups
{
    /// <summary>Readers of one tensor that are asked: more of them than share it in a net, and few enough where all read the same.</summary>
    private const int MaxReaders = 64;

    private readonly GroupTable _table;
    private readonly Dictionary<Group, int> _rank = [];
    private readonly Dictionary<Tensor, List<Group>> _readers = []; // by position

    /// <param name="table">Where groups and nodes are.</param>
    /// <param name="groups">All over the same space, the preferred first.</param>
    public RowGroups(GroupTable table, IEnumerable<Group> groups)
    {
        _table = table;
        foreach (var group in groups)
        {
            _rank.Add(group, _rank.Count);
        }

        foreach (var group in _rank.Keys.OrderBy(static g => g.Position))
        {
            foreach (var tensor in group.Reads)
            {
                ReadersOf(tensor).Add(group);
            }
        }
    }

    /// <summary>Those that read what a group reads or makes, or make what it reads; the preferred first.</summary>
    public IEnumerable<Group> Touching(Group other)
    {
        var found = new HashSet<Group>();
        foreach (var tensor in other.Reads)
        {
            AddNearest(tensor, other.Position, found);
            if (_table.GroupOf.TryGetValue(tensor.Node, out var producer) && _rank.ContainsKey(producer))
            {
                found.Add(producer);
            }
        }

        foreach (var tensor in other.Nodes.SelectMany(static n => n.Results))
        {
            AddNearest(tensor, other.Position, found);
        }

        return found.OrderBy(g => _rank[g]);
    }

    /// <summary>Takes in what a group reads beside what it read before.</summary>
    public void Extend(Group group, IEnumerable<Tensor> reads)
    {
        foreach (var tensor in reads)
        {
            var readers = ReadersOf(tensor);
            var at = From(readers, group.Position);
            if (at == readers.Count || readers[at] != group)
            {
                readers.Insert(at, group);
            }
        }
    }

    private List<Group> ReadersOf(Tensor tensor) =>
        _readers.TryGetValue(tensor, out var readers) ? readers : _readers[tensor] = [];

    private void AddNearest(Tensor tensor, int position, HashSet<Group> into)
    {
        if (!_readers.TryGetValue(tensor, out var readers))
        {
            return;
        }

        var first = Math.Clamp(From(readers, position) - (MaxReaders / 2), 0, Math.Max(0, readers.Count - MaxReaders));
        into.UnionWith(readers.Skip(first).Take(MaxReaders));
    }

    // The first reader at a position or behind it.
    private static int From(List<Group> readers, int position)
    {
        var (low, high) = (0, readers.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = readers[middle].Position < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
