using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>
/// What lowering any group needs: buffers for tensors in memory, expressions for what the group computes, and the reading
/// of either through views and inline nodes. One builder builds one group once.
/// </summary>
internal abstract class KernelBuilder(ExecutionSchedule schedule, Group group)
{
    /// <summary>Operations that one expression may hold before it gets a name.</summary>
    private const int MaxInlineOperations = 6;

    private readonly List<(KernelBuffer Buffer, Tensor Tensor)> _parameters = [];
    private readonly Dictionary<Tensor, KernelBuffer> _loads = [];
    private readonly Dictionary<Tensor, KernelBuffer> _stores = [];
    private readonly Dictionary<Node, KernelExpr> _values = [];
    private readonly Dictionary<Node, int> _uses = [];
    private readonly Dictionary<Node, List<(ImmutableArray<AffineIndex> Index, KernelExpr Value)>> _inline = [];
    private readonly Dictionary<KernelExpr, string> _inlineNames = new(ReferenceEqualityComparer.Instance);
    private int? _storeCount;

    protected ExecutionSchedule Schedule => schedule;

    protected Legalizer Legal => schedule.Legal;

    protected Group Group => group;

    protected ImmutableArray<(KernelBuffer Buffer, Tensor Tensor)> Parameters => [.. _parameters];

    /// <summary>Values of the group's nodes that expressions can use where the builder is now.</summary>
    protected Dictionary<Node, KernelExpr> Values => _values;

    /// <summary>The memory of a tensor, for reading.</summary>
    protected KernelBuffer BufferOf(Tensor tensor)
    {
        if (!_loads.TryGetValue(tensor, out var buffer) && !_stores.TryGetValue(tensor, out buffer))
        {
            buffer = new KernelBuffer(tensor.Names.Count > 0 ? tensor.Name : tensor.Node.Operator.Name, tensor.DType, tensor.Shape);
            _loads.Add(tensor, buffer);
            _parameters.Add((buffer, tensor));
        }

        return buffer;
    }

    /// <summary>The memory of a tensor, for writing.</summary>
    protected KernelBuffer StoreBufferOf(Tensor tensor)
    {
        if (!_stores.TryGetValue(tensor, out var buffer))
        {
            var home = schedule.Storage[tensor];
            var name = home.Kind is StorageKind.Variable or StorageKind.Output ? home.Name : LocalName(tensor);
            // In flat scalar code the plain name belongs to the local that the formula gives it.
            buffer = new KernelBuffer(group.Space.Rank == 0 ? name + "Out" : name, tensor.DType, tensor.Shape);
            _stores.Add(tensor, buffer);
            _parameters.Add((buffer, tensor));
        }

        return buffer;
    }

    protected bool IsStored(Tensor tensor) => schedule.Storage.ContainsKey(tensor);

    private bool IsStored(Node node)
    {
        foreach (var result in node.Results)
        {
            if (IsStored(result))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nodes of the group that a node reads, a node once for each read.</summary>
    protected IEnumerable<Node> SourcesOf(Node node) => MemoryReads.Of(Legal, node).Select(static t => t.Node).Where(group.Contains);

    /// <summary>The value of a pointwise node at an index.</summary>
    protected KernelExpr Compute(Node node, ImmutableArray<AffineIndex> index)
    {
        var value = Contract(node.Operator.IsView
            ? Element(Legal.Places.LocateSource(node, index))
            : ((PointLowering)node.Operator.Lower(new Reader(this, node, index))).Value);
        if (value is not LocalExpr)
        {
            value.Computes(node);
        }

        return value;
    }

    /// <summary>The value of a tensor at an index, wherever it comes from.</summary>
    protected KernelExpr Read(Tensor tensor, ImmutableArray<AffineIndex> index) => Element(Legal.Places.Locate(tensor, index));

    /// <summary>
    /// Makes a value usable by name or in place: what is read once stays an expression while it is small, everything else
    /// becomes a local. In flat scalar code whatever the user named is a local.
    /// </summary>
    protected void Define(Node node, KernelExpr value, List<KernelStatement> into, bool alwaysLocal)
    {
        var named = group.Space.Rank == 0 && node.Results[0].Names.Count > 0;
        if (alwaysLocal || named || MayOverwrite(node) || UsesOf(node) > 1 || Operations(value) > MaxInlineOperations)
        {
            var local = new Local(LocalName(node.Results[0]), node.Results[0].DType);
            into.Add(new LetStatement(local, value, named ? null : Formula.Of(node)) { Node = node });
            value = new LocalExpr(local);
        }

        _values[node] = value;
    }

    /// <summary>Where the element of a tensor in memory is, below views.</summary>
    protected Access AccessOf(Tensor tensor, ImmutableArray<AffineIndex> index)
    {
        var place = Legal.Places.Locate(tensor, index);
        return At(place.Base, place.Index, place.IsFlat);
    }

    /// <summary>
    /// Several stores at one point: a value that is stored is computed before the first of them, because a store may
    /// overwrite what another value reads (an update in place, a block taken over).
    /// </summary>
    private bool MayOverwrite(Node node) =>
        (group.Space.Rank > 0 || group.Nodes.Any(n => schedule.InPlace.Contains(n.Results[0])))
        && IsStored(node.Results[0]) && StoreCount > 1;

    private int StoreCount => _storeCount ??= group.Nodes.Count(IsStored);

    /// <summary>Writes a tensor that is memory at an index.</summary>
    protected StoreStatement Store(Tensor tensor, ImmutableArray<AffineIndex> index, KernelExpr value) =>
        new(StoreBufferOf(tensor).Dense.At(index), value, value is LocalExpr ? null : Formula.Of(tensor.Node)) { Node = tensor.Node };

    /// <summary>Hints for what this kernel reads and writes.</summary>
    protected Prefetching Prefetching => new(buffer => _parameters.Where(p => p.Buffer == buffer).Select(p => schedule.Storage[p.Tensor]).FirstOrDefault() ?? (object)buffer);

    /// <summary>Loops in which a value that several expressions read is a local.</summary>
    protected ImmutableArray<KernelStatement> Shared(ImmutableArray<KernelStatement> statements) => SharedValues.InLoops(statements, _inlineNames);

    protected static string LocalName(Tensor tensor) => tensor.Names.Count > 0 ? tensor.Name : tensor.Node.Operator.Name;

    /// <summary>What the kernel computes: values with names of their own, not the parts of their formulas.</summary>
    protected ImmutableArray<string> Formulas() =>
        [.. group.Nodes.Where(n => n.Operator is not CopyOp || group.Nodes.Count == 1)
            .Where(n => n.Results[0].Names.Count > 0 || IsStored(n.Results[0]) || UsesOf(n) > 1).Select(Formula.Of)];

    /// <summary>After the last named value, else after the last operator.</summary>
    protected string KernelName()
    {
        var named = group.Nodes.LastOrDefault(static n => n.Results[0].Names.Count > 0);
        return named is not null ? named.Results[0].Name : LocalName(group.Nodes[^1].Results[0]);
    }

    /// <summary>Work of the whole group at the bounds, in elements times nodes: decides whether splitting pays.</summary>
    protected bool IsWorthSplitting()
    {
        var elements = group.Space.ElementCount.Max;
        return elements >= 1 && elements * (group.Nodes.Count + 1) >= schedule.Split.MinElements;
    }

    private int UsesOf(Node node)
    {
        if (_uses.Count == 0)
        {
            foreach (var source in group.Nodes.SelectMany(n => MemoryReads.Of(Legal, n)).Select(static t => t.Node).Where(group.Contains))
            {
                _uses[source] = _uses.GetValueOrDefault(source) + 1;
            }

            _uses.TryAdd(group.Nodes[0], 0);
        }

        return _uses.GetValueOrDefault(node) + (IsStored(node.Results[0]) ? 1 : 0);
    }

    private KernelExpr Element(Places.Place place)
    {
        var node = place.Base.Node;
        if (Legal.Forms[node] == NodeForm.Inline)
        {
            return Inline(node, place.Index);
        }

        return _values.TryGetValue(node, out var value) ? value : new LoadExpr(At(place.Base, place.Index, place.IsFlat));
    }

    // One object for all readers of an element, by which they are found to share it.
    private KernelExpr Inline(Node node, ImmutableArray<AffineIndex> index)
    {
        if (!_inline.TryGetValue(node, out var known))
        {
            _inline.Add(node, known = []);
        }

        foreach (var (at, value) in known)
        {
            if (at.Zip(index).All(static p => p.First.SameAs(p.Second)))
            {
                return value;
            }
        }

        var computed = Contract(((PointLowering)node.Operator.Lower(new Reader(this, node, index))).Value);
        known.Add((index, computed));
        _inlineNames.TryAdd(computed, LocalName(node.Results[0]));
        return computed;
    }

    private Access At(Tensor tensor, ImmutableArray<AffineIndex> index, bool isFlat)
    {
        var buffer = BufferOf(tensor);
        var operand = isFlat ? new Operand(buffer, [1], ImmutableSum.Zero) : buffer.Dense;
        return operand.At(index);
    }

    // Dense memory, perhaps below a reshape: the strides are those of the shape that is indexed.
    private Access AtIndirect(Tensor tensor, ImmutableArray<AffineIndex> index, int axis, KernelExpr coordinate) =>
        new Operand(BufferOf(Legal.Places.SameMemory(tensor)), tensor.Shape.Strides(), ImmutableSum.Zero).At(index, axis, coordinate);

    // a·b + c is one rounding on every target: the only rewriting of floating-point arithmetic that is always on.
    private static KernelExpr Contract(KernelExpr expr)
    {
        if (expr is not BinaryExpr { Op: BinaryMachineOp.Add or BinaryMachineOp.Subtract } sum || expr.Type is not (Runtime.DType.Float32 or Runtime.DType.Float64))
        {
            return expr;
        }

        // A value less itself is 0: the rounding error of a product must not come out.
        if (ReferenceEquals(sum.A, sum.B))
        {
            return expr;
        }

        var minus = sum.Op == BinaryMachineOp.Subtract;
        return sum switch
        {
            { A: BinaryExpr { Op: BinaryMachineOp.Multiply } product } => Fma(product.A, product.B, minus ? -sum.B : sum.B, product),
            { B: BinaryExpr { Op: BinaryMachineOp.Multiply } product } => Fma(minus ? -product.A : product.A, product.B, sum.A, product),
            _ => expr,
        };
    }

    private static FmaExpr Fma(KernelExpr a, KernelExpr b, KernelExpr c, BinaryExpr product)
    {
        var fma = new FmaExpr(a, b, c);
        fma.ComputesAlso(product);
        return fma;
    }

    private static int Operations(KernelExpr expr) => expr switch
    {
        UnaryExpr u => 1 + Operations(u.X),
        BinaryExpr b => 1 + Operations(b.A) + Operations(b.B),
        FmaExpr f => 1 + Operations(f.A) + Operations(f.B) + Operations(f.C),
        SelectExpr s => 1 + Operations(s.Condition) + Operations(s.WhenTrue) + Operations(s.WhenFalse),
        CastExpr c => 1 + Operations(c.X),
        _ => 0,
    };

    private sealed class Reader(KernelBuilder builder, Node node, ImmutableArray<AffineIndex> index) : LoweringScope(node, index)
    {
        public override KernelExpr Read(int input, ImmutableArray<AffineIndex> at) => builder.Read(Node.Inputs[input], at);

        public override KernelExpr ReadIndirect(int input, ImmutableArray<AffineIndex> at, int axis, KernelExpr coordinate) =>
            new LoadExpr(builder.AtIndirect(Node.Inputs[input], at, axis, coordinate));
    }
}
