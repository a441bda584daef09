using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security;
using GraphCompiler.Autodiff;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Shapes;

namespace GraphCompiler;

/// <summary>
/// A computation that is declared once and compiled: nodes, the outputs that a run returns, and the updates that a run
/// leaves behind in its variables. Declaring is single-threaded; a compiled graph is not.
/// </summary>
/// <param name="name">Names the generated class and files.</param>
public sealed partial class Graph(string name = "graph")
{
    /// <summary>What addresses of 48 bits could hold, and far more than a run could compute: sizes, costs and sums of them stay below 2⁶³.</summary>
    private const long MostElements = 1L << 48;

    private readonly List<Node> _nodes = [];
    private readonly Dictionary<NodeKey, Node> _interned = [];
    private readonly Dictionary<string, Tensor> _leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);
    private readonly List<(string Name, Tensor Tensor)> _outputs = [];
    private readonly HashSet<string> _outputNames = new(StringComparer.Ordinal);
    private readonly List<(Tensor Variable, Tensor Value)> _updates = [];
    private readonly HashSet<Tensor> _updated = [];
    private readonly Stack<string> _scopes = new();

    /// <summary>Names the generated class and files.</summary>
    public string Name { get; } = name;

    /// <summary>All nodes in the order of declaration: inputs of a node come before it.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What a run returns, in the order of declaration.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Outputs => _outputs;

    /// <summary>Which variable takes which value at the end of a run, in the order of declaration.</summary>
    public IReadOnlyList<(Tensor Variable, Tensor Value)> Updates => _updates;

    /// <summary>Every naming of a tensor in the order in which it happened: the order in which a reader meets the names.</summary>
    internal List<(string Name, Tensor Tensor)> NameLog { get; } = [];

    /// <summary>Inputs, parameters and state by scoped name.</summary>
    internal IReadOnlyDictionary<string, Tensor> Leaves => _leaves;

    /// <summary>
    /// The user's line on whose behalf nodes are being made, or null while the user makes them: a rule for a gradient is
    /// written with the same operators as user code, but its own lines are nobody's origin.
    /// </summary>
    internal Origin? OnBehalfOf { get; set; }

    /// <summary>How nodes that are made now come to be: in the scopes that are open, or by a step of differentiation.</summary>
    internal Provenance Provenance { get; set; } = Provenance.None;

    /// <summary>Opens a scope: names given until it is disposed are prefixed with it, as in <c>layer1/w</c>.</summary>
    /// <param name="name">One part of a path.</param>
    public IDisposable Scope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _scopes.Push(_scopes.Count == 0 ? name : $"{_scopes.Peek()}/{name}");
        Provenance = new Provenance(_scopes.Peek());
        return new OpenScope(this);
    }

    /// <summary>Declares a tensor that every run is fed.</summary>
    /// <param name="name">Unique among inputs, parameters and state of this graph.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Extents; symbolic ones take their value from what is fed.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <exception cref="GraphException">GRC0112: the name is taken. GRC0113: one symbol with two bounds.</exception>
    public Tensor Input(string name, DType type, Shape shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Leaf(name, qualified => new InputOp(qualified, new TensorType(type, shape)), new Origin(file, line));

    /// <summary>Declares a float32 tensor that every run is fed.</summary>
    /// <inheritdoc cref="Input(string, DType, Shape, string, int)"/>
    public Tensor Input(string name, Shape shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Input(name, DType.Float32, shape, file, line);

    /// <summary>Declares a float32 parameter: a variable that training changes.</summary>
    /// <inheritdoc cref="Parameter(string, DType, Shape, Initializer, string, int)"/>
    public Tensor Parameter(string name, Shape shape, Initializer init, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Parameter(name, DType.Float32, shape, init, file, line);

    /// <summary>Declares a parameter: a variable that lives across runs and that training changes.</summary>
    /// <param name="name">Unique within the graph; graphs that share <see cref="Variables"/> share what has the same scoped name.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Constant extents.</param>
    /// <param name="init">Its values until something else is written or loaded.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <exception cref="GraphException">GRC0112: the name is taken. GRC0114: a symbolic extent.</exception>
    public Tensor Parameter(
        string name, DType type, Shape shape, Initializer init, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Variable(name, type, shape, init, isState: false, new Origin(file, line));

    /// <summary>Declares state: a variable that a run may update but that is not trained (moments, running statistics, counters).</summary>
    /// <inheritdoc cref="Parameter(string, DType, Shape, Initializer, string, int)"/>
    public Tensor State(
        string name, DType type, Shape shape, Initializer init, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Variable(name, type, shape, init, isState: true, new Origin(file, line));

    /// <summary>A constant scalar.</summary>
    /// <param name="value">Rounded to the element type.</param>
    /// <param name="type">Element type.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    public Tensor Constant(double value, DType type = DType.Float32, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Splat(value, type, Shape.Scalar, new Origin(file, line));

    /// <summary>A constant tensor.</summary>
    /// <param name="values">Row-major elements; as many as the shape has. A copy is taken.</param>
    /// <param name="shape">Constant extents.</param>
    /// <param name="type">Element type that the values are rounded to.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <exception cref="GraphException">GRC0115: the number of values differs from the shape's. GRC0114: a symbolic extent.</exception>
    public Tensor Constant(
        ReadOnlySpan<double> values, Shape shape, DType type = DType.Float32, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        return Add(ConstantOp.Of(values, new TensorType(type, shape), origin), [], origin).Results[0];
    }

    /// <summary>Declares that a run returns this tensor under this name.</summary>
    /// <exception cref="GraphException">GRC0112: the output name is taken.</exception>
    public Tensor Output(string name, Tensor tensor, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Own(tensor, new Origin(file, line));
        var qualified = Qualify(name);
        if (!_outputNames.Add(qualified))
        {
            throw new GraphException("GRC0112", $"Output requires a new name: \"{DisplayName.Of(qualified)}\" is taken", file, line);
        }

        _outputs.Add((qualified, tensor));
        tensor.AddName(qualified);
        return tensor;
    }

    /// <summary>Declares that a variable takes a value at the end of each run. Everything else in the run sees the old value.</summary>
    /// <param name="variable">A parameter or state of this graph; one update each.</param>
    /// <param name="value">Same type as the variable.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <exception cref="GraphException">GRC0116: not a variable, updated twice, or of another type.</exception>
    public void Update(Tensor variable, Tensor value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        Own(variable, origin);
        Own(value, origin);
        if (variable.Node.Operator is not VariableOp)
        {
            throw new GraphException("GRC0116", $"Update requires a parameter or state, got {variable.Describe()}", file, line);
        }

        if (variable.Type != value.Type)
        {
            throw new GraphException(
                "GRC0116", $"Update requires equal types: {variable.Describe()} is {variable.Type}, its value is {value.Type}", file, line);
        }

        if (!_updated.Add(variable))
        {
            throw new GraphException("GRC0116", $"Update requires one value for each variable: {variable.Describe()} has two", file, line);
        }

        _updates.Add((variable, value));
    }

    /// <summary>
    /// Gradients of a scalar with respect to any tensors: emits the backward graph, which is ordinary graph and can be
    /// differentiated again. A tensor that the scalar does not depend on has gradient zero.
    /// </summary>
    /// <param name="loss">A floating scalar.</param>
    /// <param name="wrt">Floating tensors: inputs, parameters or anything between.</param>
    /// <returns>One gradient for each of <paramref name="wrt"/>, of its type.</returns>
    /// <exception cref="GraphException">GRC0301: not a scalar. GRC0302: through an integer. GRC0303: through an operator without a gradient.</exception>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public ImmutableArray<Tensor> Gradients(Tensor loss, params ReadOnlySpan<Tensor> wrt) =>
        BackwardBuilder.Build(this, loss, upstream: null, wrt, Origin.OfCaller(this));

    /// <summary>Vector-Jacobian product: gradients of <c>Σ upstream·y</c> with respect to any tensors. The Jacobian is never formed.</summary>
    /// <param name="y">A floating tensor.</param>
    /// <param name="upstream">Same type as <paramref name="y"/>.</param>
    /// <param name="wrt">Floating tensors.</param>
    /// <inheritdoc cref="Gradients(Tensor, ReadOnlySpan{Tensor})"/>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public ImmutableArray<Tensor> VectorJacobianProduct(Tensor y, Tensor upstream, params ReadOnlySpan<Tensor> wrt)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return BackwardBuilder.Build(this, y, upstream, wrt, Origin.OfCaller(this));
    }

    internal string Qualify(string name) => _scopes.Count == 0 ? name : $"{_scopes.Peek()}/{name}";

    /// <summary>State of a variable's type, zero at first, under the variable's name and one part more, whatever scopes are open: what an optimiser keeps of it.</summary>
    internal Tensor StateBeside(Tensor variable, string part, Origin origin) =>
        QualifiedLeaf($"{((VariableOp)variable.Node.Operator).LeafName}/{part}", qualified => new VariableOp(qualified, variable.Type, Init.Zeros, IsState: true), origin);

    /// <summary>A constant with one value everywhere.</summary>
    internal Tensor Splat(double value, DType type, Shape shape, Origin origin) =>
        Add(ConstantOp.Splat(value, new TensorType(type, shape)), [], origin).Results[0];

    /// <summary>The node that applies <paramref name="op"/> to <paramref name="inputs"/>: a new one, or the one that does so already.</summary>
    internal Node Add(Operator op, ImmutableArray<Tensor> inputs, Origin origin)
    {
        foreach (var input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        }

        origin = OnBehalfOf ?? origin;
        var key = new NodeKey(op, inputs);
        if (!_interned.TryGetValue(key, out var node))
        {
            foreach (var input in inputs)
            {
                Own(input, origin);
            }

            var types = op.Infer(new InferScope(op, inputs, origin));
            RequireType(op, types, origin);
            node = new Node(this, _nodes.Count, op, inputs, types) { Provenance = Provenance };
            _nodes.Add(node);
            _interned.Add(key, node);
        }

        node.AddOrigin(origin);
        return node;
    }

    /// <summary>The node that applies <paramref name="op"/> to <paramref name="inputs"/>, or null where none does yet.</summary>
    internal Node? Find(Operator op, ImmutableArray<Tensor> inputs) => _interned.GetValueOrDefault(new NodeKey(op, inputs));

    /// <summary>Makes room for so many nodes: for passes that rebuild a graph.</summary>
    internal void EnsureCapacity(int nodes)
    {
        _nodes.EnsureCapacity(nodes);
        _interned.EnsureCapacity(nodes);
    }

    /// <summary>Adds an output under a name that is already qualified: for passes that rebuild a graph.</summary>
    internal void AddOutput(string qualified, Tensor tensor)
    {
        _outputNames.Add(qualified);
        _outputs.Add((qualified, tensor));
    }

    /// <summary>Adds a checked update: for passes that rebuild a graph.</summary>
    internal void AddUpdate(Tensor variable, Tensor value)
    {
        _updated.Add(variable);
        _updates.Add((variable, value));
    }

    /// <summary>Adds a leaf under its qualified name: for passes that rebuild a graph.</summary>
    internal Tensor AddLeaf(Operator op, string qualified, Origin origin)
    {
        var tensor = Add(op, [], origin).Results[0];
        _leaves.TryAdd(qualified, tensor);
        tensor.AddName(qualified);
        return tensor;
    }

    private Tensor Variable(string name, DType type, Shape shape, Initializer init, bool isState, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(init);
        if (!shape.IsConstant)
        {
            throw new GraphException("GRC0114", $"A variable requires constant extents: \"{DisplayName.Of(name)}\" is {shape}", origin.File, origin.Line);
        }

        return Leaf(name, qualified => new VariableOp(qualified, new TensorType(type, shape), init, isState), origin);
    }

    // One check for every way to write a type: inputs, conversions, reshapes, ranges.
    private static void RequireType(Operator op, EquatableArray<TensorType> types, Origin origin)
    {
        foreach (var type in types)
        {
            if (!Enum.IsDefined(type.DType))
            {
                throw new GraphException("GRC0103", $"A tensor requires one of the element types: {op.Name} asks for number {type.DType}", origin.File, origin.Line);
            }

            long count = 1;
            foreach (var dim in type.Shape)
            {
                if (dim.Factor < 0)
                {
                    throw new GraphException("GRC0123", $"A shape requires extents of 0 or more: {op.Name} asks for {type}", origin.File, origin.Line);
                }

                // 0 in a later axis makes up for nothing: strides and the sizes of parts are products too.
                count = Math.Max(1, dim.Max) <= MostElements / count ? count * Math.Max(1, dim.Max) : MostElements + 1;
                if (count > MostElements)
                {
                    throw new GraphException("GRC0126", $"A tensor requires at most 2⁴⁸ elements at the bounds of its symbols: {op.Name} asks for {type}", origin.File, origin.Line);
                }
            }
        }
    }

    private Tensor Leaf(string name, Func<string, Operator> create, Origin origin)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return QualifiedLeaf(Qualify(name), create, origin);
    }

    private Tensor QualifiedLeaf(string qualified, Func<string, Operator> create, Origin origin)
    {
        if (_leaves.ContainsKey(qualified))
        {
            throw new GraphException("GRC0112", $"Inputs, parameters and state require different names: \"{DisplayName.Of(qualified)}\" is taken", origin.File, origin.Line);
        }

        var op = create(qualified);
        foreach (var dim in op.Infer(new InferScope(op, [], origin))[0].Shape)
        {
            Declare(dim, origin);
        }

        return AddLeaf(op, qualified, origin);
    }

    private void Declare(Dim dim, Origin origin)
    {
        foreach (var symbol in dim.Symbols)
        {
            if (_symbols.TryGetValue(symbol.Name, out var known) && known != symbol)
            {
                throw new GraphException(
                    "GRC0113", $"A symbol requires one bound: \"{DisplayName.Of(symbol.Name)}\" has {known.Max} and {symbol.Max}", origin.File, origin.Line);
            }

            _symbols[symbol.Name] = symbol;
        }
    }

    /// <summary>GRC0117 unless the tensor is of this graph.</summary>
    internal void Own(Tensor tensor, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!ReferenceEquals(tensor.Graph, this))
        {
            throw new GraphException(
                "GRC0117", $"A graph requires its own tensors: {tensor.Describe()} belongs to {Other(tensor.Graph)}, not to \"{DisplayName.Of(Name)}\"", origin.File, origin.Line);
        }
    }

    private string Other(Graph graph) => graph.Name == Name ? "another graph of the same name" : $"\"{DisplayName.Of(graph.Name)}\"";

    private sealed class OpenScope(Graph graph) : IDisposable
    {
        private bool _closed;

        public void Dispose()
        {
            if (!_closed)
            {
                _closed = true;
                graph._scopes.Pop();
                graph.Provenance = graph._scopes.TryPeek(out var outer) ? new Provenance(outer) : Provenance.None;
            }
        }
    }

    private readonly struct NodeKey(Operator op, ImmutableArray<Tensor> inputs) : IEquatable<NodeKey>
    {
        private readonly Operator _op = op;
        private readonly ImmutableArray<Tensor> _inputs = inputs;

        public bool Equals(NodeKey other)
        {
            if (_inputs.Length != other._inputs.Length || !_op.Equals(other._op))
            {
                return false;
            }

            for (var i = 0; i < _inputs.Length; i++)
            {
                if (!ReferenceEquals(_inputs[i], other._inputs[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = _op.GetHashCode();
            foreach (var input in _inputs)
            {
                hash = HashCode.Combine(hash, input.Node.Id, input.Index);
            }

            return hash;
        }
    }
}
