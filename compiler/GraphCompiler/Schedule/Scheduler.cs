using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Schedule;

/// <summary>
/// Groups, orders, and assigns memory. Updates are effects: whoever reads the old value of a variable runs before the
/// group that overwrites it; where that is impossible, the new value waits in the arena and is copied at the end.
/// </summary>
internal sealed class Scheduler
{
    private readonly Graph _graph;
    private readonly Legalizer _legal;
    private readonly Dictionary<Tensor, Storage> _storage = [];
    private readonly HashSet<Tensor> _inPlace = [];
    private readonly bool _keepsValues;
    private readonly List<Group> _groups;
    private readonly NodeMap<Group> _groupOf;
    private readonly GroupOrder _order = new();
    private readonly Dictionary<Tensor, List<Group>> _readers = []; // but for the group that makes the tensor

    private Scheduler(Graph graph, bool keepsValues)
    {
        _graph = graph;
        _keepsValues = keepsValues;
        _legal = new Legalizer(graph, keepsValues);
        var grouping = new Grouping(_legal);
        _groups = [.. grouping.Groups.Where(static g => g.Nodes.Count > 0)];
        _groups.ForEach(_order.Add);
        _groupOf = grouping.GroupOf;
    }

    /// <param name="graph">Optimised; the scheduler adds copies to it.</param>
    /// <param name="split">When kernels split their work; null: when it pays.</param>
    /// <param name="target">What kernels are shaped for; null: AVX2.</param>
    /// <param name="keepsValues">See <see cref="ExecutionSchedule.KeepsValues"/>.</param>
    public static ExecutionSchedule Run(Graph graph, SplitPolicy? split = null, Target? target = null, bool keepsValues = false)
    {
        var scheduler = new Scheduler(graph, keepsValues);
        scheduler.FindEdges();
        scheduler.AssignLeaves();
        scheduler.AssignResults();
        scheduler.AssignArena();
        return new(scheduler._legal, scheduler.Order(), scheduler._storage, scheduler._inPlace)
        {
            Split = split ?? SplitPolicy.Default,
            Target = target ?? Target.Avx2,
            KeepsValues = keepsValues,
        };
    }

    private void FindEdges()
    {
        foreach (var group in _groups)
        {
            FindEdges(group);
        }
    }

    private void FindEdges(Group group)
    {
        foreach (var tensor in group.Nodes.SelectMany(n => MemoryReads.Of(_legal, n)))
        {
            var producer = _groupOf.GetValueOrDefault(tensor.Node);
            if (producer == group)
            {
                continue;
            }

            var readers = _readers.TryGetValue(tensor, out var list) ? list : _readers[tensor] = [];
            if (readers.Count == 0 || readers[^1] != group)
            {
                readers.Add(group);
            }

            if (producer is not null)
            {
                _order.Edge(producer, group);
            }
        }
    }

    private void AssignLeaves()
    {
        foreach (var node in _legal.Nodes)
        {
            var tensor = node.Results[0];
            switch (node.Operator)
            {
                case InputOp:
                    _storage.Add(tensor, new Storage(StorageKind.Input, tensor.Name, tensor.Type));
                    break;
                case VariableOp:
                    _storage.Add(tensor, new Storage(StorageKind.Variable, tensor.Name, tensor.Type));
                    break;
                case ConstantOp { IsSplat: false }:
                    _storage.Add(tensor, new Storage(StorageKind.Constant, tensor.Name, tensor.Type));
                    break;
            }
        }
    }

    private void AssignResults()
    {
        foreach (var (name, tensor) in _legal.Outputs)
        {
            _storage.Add(_legal.Places.SameMemory(tensor), new Storage(StorageKind.Output, name, tensor.Type));
        }

        foreach (var (variable, value) in _legal.Updates)
        {
            var memory = _legal.Places.SameMemory(value);
            if (!_storage.TryGetValue(variable, out var home))
            {
                _storage.Add(variable, home = new Storage(StorageKind.Variable, variable.Name, variable.Type));
            }

            var writer = _groupOf[memory.Node];
            var readers = _readers.GetValueOrDefault(variable) ?? [];
            if (!CanWriteInPlace(variable, memory, writer, readers))
            {
                (memory, writer) = AddCopy(value);
            }
            else
            {
                _inPlace.Add(memory);
            }

            _storage.Add(memory, home);
            foreach (var reader in readers)
            {
                if (reader != writer)
                {
                    _order.Edge(reader, writer);
                }
            }
        }
    }

    private bool CanWriteInPlace(Tensor variable, Tensor value, Group writer, List<Group> readers) =>
        !_keepsValues
        && writer.Kind <= GroupKind.Contraction
        && writer.LevelOf(value.Node) != Level.Final
        && readers.All(r => r == writer ? ReadsWhereItWrites(variable, value, writer) : !_order.Precedes(writer, r));

    // Within the writing kernel an element may be read only at the point that overwrites it.
    private bool ReadsWhereItWrites(Tensor variable, Tensor value, Group group)
    {
        var level = group.LevelOf(value.Node);
        if (!Places.SameButOnes(variable.Shape, value.Shape) || group.IndexOf(variable.Shape, level, group.Axes) is not { } own)
        {
            return false;
        }

        foreach (var node in group.Nodes.Where(n => MemoryReads.Of(_legal, n).Contains(variable)))
        {
            // A reduction reads point by point, and all rows are read before a total is there.
            var isReduction = _legal.Forms[node] == NodeForm.Reduction;
            var readsAt = isReduction && group.LevelOf(node) is Level.Row or Level.Column ? Level.Point : group.LevelOf(node);
            if (level == Level.Column && readsAt is (Level.Point or Level.Row))
            {
                continue; // all rows are done before the first column is written
            }

            if (_legal.Forms[node] is not (NodeForm.Pointwise or NodeForm.Reduction) || readsAt != level)
            {
                return false;
            }

            var index = group.IndexOf(isReduction ? node.Inputs[0].Shape : node.Results[0].Shape, level, group.Axes)!.Value;
            if (!new MemoryReads(_legal, node, index).Places.Where(p => ReferenceEquals(p.Base, variable)).All(p => p.SameIndex(own)))
            {
                return false;
            }
        }

        return true;
    }

    private (Tensor Memory, Group Writer) AddCopy(Tensor value)
    {
        var node = _graph.Add(new CopyOp(-1 - _graph.Nodes.Count), [value], Origin.None);
        _legal.Include(node);
        var group = new Group(_groups.Count == 0 ? 0 : _groups[^1].Position + 1, GroupKind.Pointwise, value.Shape, []);
        group.Add(node, Level.Point);
        _groups.Add(group);
        _order.Add(group);
        _groupOf.Add(node, group);
        FindEdges(group);
        return (node.Results[0], group);
    }

    private void AssignArena()
    {
        foreach (var group in _groups)
        {
            var finals = group.Nodes.Where(n => group.LevelOf(n) == Level.Final && _legal.Forms[n] == NodeForm.Reduction)
                .SelectMany(n => MemoryReads.Of(_legal, n)).ToHashSet(); // rows put down what is reduced when they are done
            foreach (var tensor in group.Nodes.SelectMany(static n => n.Results))
            {
                if ((_readers.ContainsKey(tensor) || finals.Contains(tensor) || _legal.Stored.Contains(tensor) || group.Kind > GroupKind.Contraction) && !_storage.ContainsKey(tensor))
                {
                    _storage.Add(tensor, new Storage(StorageKind.Arena, tensor.Name, tensor.Type));
                }
            }
        }
    }

    /// <summary>Dependencies first; among what is ready, the group that was declared first.</summary>
    private ImmutableArray<Group> Order()
    {
        var waiting = _groups.ToDictionary(static g => g, g => _order.Before(g).Count);
        var ready = new PriorityQueue<Group, int>(_groups.Where(g => waiting[g] == 0).Select(static g => (g, g.Position)));
        var order = ImmutableArray.CreateBuilder<Group>(_groups.Count);
        while (ready.TryDequeue(out var group, out _))
        {
            order.Add(group);
            foreach (var later in _order.After(group))
            {
                if (--waiting[later] == 0)
                {
                    ready.Enqueue(later, later.Position);
                }
            }
        }

        return order.Count == _groups.Count ? order.ToImmutable()
            : throw new InvalidOperationException($"Groups depend on each other in a circle: {order.Count} of {_groups.Count} ordered");
    }
}
