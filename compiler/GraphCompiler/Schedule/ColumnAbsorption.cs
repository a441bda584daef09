using GraphCompiler.Kernels;

namespace GraphCompiler.Schedule;

/// <summary>
/// Moves sums over the rows of a space to a group that goes through the same rows one by one, or through the same points,
/// and reads the same memory: the gradients of a scale and a shift come with that of their input, in one pass over memory.
/// </summary>
internal sealed class ColumnAbsorption(GroupTable table)
{
    private int _firstOutOfOrder = int.MaxValue; // groups before it read only what groups of smaller positions made

    public void Run()
    {
        Group[] sums = [.. table.Groups.Where(g => g.Kind == GroupKind.Reduction && !g.Reduced.Contains(LastWide(g.Space)) && g.Reduced.Any(a => g.Space[a] != 1))];
        if (sums.Length == 0)
        {
            return;
        }

        var spaces = sums.Select(static g => g.Space).ToHashSet();
        var targets = table.Groups.Where(g => g.Nodes.Count > 0 && spaces.Contains(g.Space) && (g.Kind == GroupKind.Pointwise || (g.Kind == GroupKind.Reduction && g.Reduced.Contains(LastWide(g.Space)))))
            .OrderByDescending(static g => g.Kind).GroupBy(static g => g.Space).ToDictionary(static s => s.Key, s => new RowGroups(table, s));
        foreach (var columns in sums)
        {
            if (IsOverOuterAxes(columns) && columns.Nodes.All(n => columns.LevelOf(n) is Level.Point or Level.Row) && targets.TryGetValue(columns.Space, out var candidates)
                && candidates.Touching(columns).FirstOrDefault(rows => AreComplements(rows, columns) && CanAbsorb(rows, columns)) is { } target)
            {
                candidates.Extend(target, columns.Reads);
                if (target.Kind == GroupKind.Pointwise)
                {
                    target.BecomeReduction([.. Enumerable.Range(0, target.Space.Rank).Where(a => !columns.Reduced.Contains(a))]);
                }

                foreach (var node in columns.Nodes.ToArray())
                {
                    var level = columns.LevelOf(node) == Level.Point ? Level.Point : Level.Column;
                    table.Move(node, target, level);
                }

                target.TakeRefusals(columns);
                target.Reads.RemoveWhere(t => target.Contains(t.Node));
                if (columns.Position < target.Position || target.Reads.Any(t => table.GroupOf.TryGetValue(t.Node, out var producer) && producer.Position > target.Position))
                {
                    _firstOutOfOrder = Math.Min(_firstOutOfOrder, Math.Min(columns.Position, target.Position));
                }
            }
        }
    }

    // The innermost axis that has more than one element: what lies along it is contiguous.
    private static int LastWide(Shape space) => Enumerable.Range(0, space.Rank).LastOrDefault(a => space[a] != 1, -1);

    private static bool AreComplements(Group rows, Group columns) =>
        rows.Kind == GroupKind.Pointwise
        || Enumerable.Range(0, rows.Space.Rank).All(a => rows.Space[a] == 1 || rows.Reduced.Contains(a) != columns.Reduced.Contains(a));

    // A row of sums beside each chunk is small, and stays in the cache, where the sums are over the outer axes: an axis
    // around them would make it a tensor.
    private static bool IsOverOuterAxes(Group columns)
    {
        var wide = Enumerable.Range(0, columns.Space.Rank).Where(a => columns.Space[a] != 1).ToList();
        return wide.FindLastIndex(columns.Reduced.Contains) < wide.Count(columns.Reduced.Contains);
    }

    private bool CanAbsorb(Group rows, Group columns) =>
        rows.Nodes.Count + columns.Nodes.Count <= Grouping.MaxNodes
        && rows.Reads.Union(columns.Reads).Count() <= Grouping.MaxReads
        && rows.Nodes.Concat(columns.Nodes).Count(NodeForms.IsTranscendental) <= Grouping.MaxFunctions
        && columns.Nodes.All(n => NeedsNoSum(n, columns) && FitsRows(n, rows, columns))
        && rows.Nodes.All(n => FitsColumns(n, rows, columns))
        && !LeadsTo(rows, columns) && !LeadsTo(columns, rows);

    // What is wanted again at the points, a mean to be subtracted, must be there before the rows are gone through.
    private bool NeedsNoSum(Node node, Group columns) =>
        (columns.LevelOf(node) == Level.Row && table.Legal.Forms[node] != NodeForm.Reduction)
        || table.MemoryInputs(node).All(t => !columns.Contains(t.Node) || columns.LevelOf(t.Node) == Level.Point);

    // What it reads of the rows is made at the same point of them.
    private bool FitsRows(Node node, Group rows, Group columns)
    {
        var isReduction = table.Legal.Forms[node] == NodeForm.Reduction;
        return !isReduction && columns.LevelOf(node) == Level.Row
            ? table.MemoryInputs(node).All(t => !rows.Contains(t.Node))
            : table.Fits(node, isReduction ? node.Inputs[0].Shape : node.Results[0].Shape, rows, Level.Point);
    }

    // What the rows read of the other group is made at the same point too, and is no sum.
    private bool FitsColumns(Node node, Group rows, Group columns) =>
        table.MemoryInputs(node).Where(t => columns.Contains(t.Node)).All(t =>
            rows.LevelOf(node) != Level.Final && columns.LevelOf(t.Node) == Level.Point
            && columns.IndexOf(t.Shape, Level.Point, rows.Axes) is { } own && table.ReadsAt(node, t.Node, Level.Point, rows, own));

    /// <summary>Whether what one group makes reaches another through a third: together they would wait for themselves. True too when that is far to seek.</summary>
    private bool LeadsTo(Group first, Group second)
    {
        const int Far = 256;
        var (seen, pending) = (new HashSet<Group>(), new Stack<Group>([second]));
        while (pending.TryPop(out var group))
        {
            foreach (var producer in group.Reads.Select(t => table.GroupOf.GetValueOrDefault(t.Node)))
            {
                if (producer is null || producer == group || (group == second && producer == first) || producer.Position < Math.Min(first.Position, _firstOutOfOrder))
                {
                    continue;
                }

                if (producer == first || seen.Count >= Far)
                {
                    return true;
                }

                if (seen.Add(producer))
                {
                    pending.Push(producer);
                }
            }
        }

        return false;
    }
}
