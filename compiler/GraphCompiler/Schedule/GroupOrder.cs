namespace GraphCompiler.Schedule;

/// <summary>
/// Which group runs before which, and an order that agrees with it, kept while edges are added: the dynamic topological
/// order of Pearce and Kelly (ACM JEA 11, 2006). A query or a new edge looks only at groups between the two in the
/// order, so thousands of updates, each next to what it must wait for, cost no more than their number.
/// </summary>
internal sealed class GroupOrder
{
    private readonly Dictionary<Group, int> _place = [];
    private readonly Dictionary<Group, HashSet<Group>> _before = [];
    private readonly Dictionary<Group, List<Group>> _after = [];

    /// <summary>What runs before a group because of an edge of its own.</summary>
    public IReadOnlySet<Group> Before(Group group) => _before[group];

    /// <summary>What runs after a group because of an edge of its own.</summary>
    public IReadOnlyList<Group> After(Group group) => _after[group];

    /// <summary>Takes in a group, behind all others.</summary>
    public void Add(Group group)
    {
        _place.Add(group, _place.Count);
        _before.Add(group, []);
        _after.Add(group, []);
    }

    /// <summary>Declares that <paramref name="first"/> runs before <paramref name="second"/>; that must not close a circle.</summary>
    public void Edge(Group first, Group second)
    {
        if (!_before[second].Add(first))
        {
            return;
        }

        _after[first].Add(second);
        if (_place[first] > _place[second])
        {
            Reorder(first, second);
        }
    }

    /// <summary>Whether a chain of edges leads from <paramref name="first"/> to <paramref name="second"/>, or they are one.</summary>
    public bool Precedes(Group first, Group second) =>
        _place[first] <= _place[second] && Reach(second, g => _before[g], g => _place[g] >= _place[first]).Contains(first);

    // What second leads to and what leads to first trade places within the stretch between them.
    private void Reorder(Group first, Group second)
    {
        var (low, high) = (_place[second], _place[first]);
        var behind = Reach(second, g => _after[g], g => _place[g] <= high);
        var ahead = Reach(first, g => _before[g], g => _place[g] >= low);
        if (behind.Contains(first))
        {
            throw new InvalidOperationException("Groups depend on each other in a circle");
        }

        Group[] moved = [.. ahead.OrderBy(g => _place[g]), .. behind.OrderBy(g => _place[g])];
        int[] places = [.. moved.Select(g => _place[g]).Order()];
        for (var i = 0; i < moved.Length; i++)
        {
            _place[moved[i]] = places[i];
        }
    }

    private static HashSet<Group> Reach(Group from, Func<Group, IEnumerable<Group>> next, Func<Group, bool> isWithin)
    {
        var (seen, pending) = (new HashSet<Group> { from }, new Stack<Group>([from]));
        while (pending.TryPop(out var group))
        {
            foreach (var other in next(group).Where(isWithin))
            {
                if (seen.Add(other))
                {
                    pending.Push(other);
                }
            }
        }

        return seen;
    }
}
