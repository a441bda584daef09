using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphCompiler.CodeGen;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler;

/// <summary>
/// A graph as machine code: immutable, for any number of executions on any threads. Disposed, its code is unloaded once
/// no execution holds it any more; executions in use go on.
/// </summary>
public sealed class CompiledGraph : IDisposable
{
    private readonly Graph _graph;
    private readonly GeneratedProgram _generated;
    private readonly int? _workers;
    private CompiledProgram? _program;
    private KernelModule? _module;

    internal CompiledGraph(
        Graph graph,
        GeneratedProgram generated,
        KernelModule module,
        CompileReport report,
        bool wasCached,
        int? workers)
    {
        _graph = graph;
        _generated = generated;
        _module = module;
        _workers = workers;
        Report = report;
        WasCached = wasCached;
        _program = new CompiledProgram(
            generated.Layout,
            module.Entry,
            generated.Parallelism,
            [.. generated.Layout.Slots.Where(static slot => slot.Kind == SlotKind.Variable).Select(Declaration)],
            Constants(generated))
        {
            Check = generated.Values is { } values ? new NumericsCheck(values) : null,
            Commit = module.Commit,
        };
    }

    /// <summary>The graph's name.</summary>
    public string Name => Layout.Name;

    /// <summary>The generated C#.</summary>
    public string Source => _generated.Source;

    /// <summary>Kernels, shapes, bytes and flops, for a reader.</summary>
    public string Summary => _generated.SummaryText;

    /// <summary>Kernels that a run executes, one after the other.</summary>
    public int KernelCount => _generated.KernelCount;

    /// <summary>Generated methods that the kernels share: those that are alike but for their buffers use one.</summary>
    public int KernelMethodCount => _generated.KernelMethodCount;

    /// <summary>The memory that a run needs, as data.</summary>
    public ProgramLayout Layout => _generated.Layout;

    /// <summary>
    /// The largest sum of bytes that are in use at one step of a run, at the bounds of all symbols: inputs, outputs,
    /// constants, intermediate values that are still needed, partial sums, packed panels. No plan can do with less than
    /// this; <see cref="ProgramLayout.ExecutionBytes"/> of <see cref="Layout"/> is what an execution allocates.
    /// </summary>
    /// <param name="workers">Workers, at least 1: each has scratch memory of its own.</param>
    public long LiveBytes(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return _generated.LiveBytes(workers);
    }

    /// <summary>True when the kernels came from the disk cache: Roslyn was not needed.</summary>
    public bool WasCached { get; }

    /// <summary>How long the parts of the compilation took.</summary>
    public CompileReport Report { get; }

    internal KernelModule? Module => _module;

    /// <summary>An input, to be fed in executions of this graph.</summary>
    /// <param name="name">Its scoped name.</param>
    /// <typeparam name="T">float, double, int or bool, as the input's type says.</typeparam>
    /// <exception cref="GraphException">
    /// GRC0404: no such input, or nothing that was compiled needs it. GRC0405: another type.
    /// </exception>
    public Input<T> Input<T>(string name) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(name);
        var isUnused = !Layout.Slots.Any(slot => slot.Kind == SlotKind.Input && slot.Name == name)
            && _graph.Leaves.TryGetValue(name, out var leaf) && leaf.Node.Operator is InputOp;
        return isUnused
            ? throw new GraphException(
                "GRC0404",
                $"Input requires a name that program \"{Name}\" uses: " +
                $"none of its outputs and updates needs \"{DisplayName.Of(name)}\"")
            : Layout.Input<T>(name);
    }

    /// <summary>An input, to be fed in executions of this graph.</summary>
    /// <param name="tensor">What <see cref="Graph.Input(string, Shape, string, int)"/> returned.</param>
    /// <inheritdoc cref="Input{T}(string)"/>
    public Input<T> Input<T>(Tensor tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return ReferenceEquals(tensor.Graph, _graph) && tensor.Node.Operator is InputOp input
            ? Input<T>(input.LeafName)
            : throw new GraphException(
                "GRC0404", $"Input requires an input of graph \"{Name}\": got {tensor.Describe()}");
    }

    /// <summary>An output, to be read in executions of this graph.</summary>
    /// <param name="name">Its scoped name.</param>
    /// <typeparam name="T">float, double, int or bool, as the output's type says.</typeparam>
    /// <exception cref="GraphException">
    /// GRC0404: no such output, or it was not compiled. GRC0405: another type.
    /// </exception>
    public Output<T> Output<T>(string name) where T : unmanaged => Layout.Output<T>(name);

    /// <summary>An output, to be read in executions of this graph.</summary>
    /// <param name="tensor">What was declared as an output.</param>
    /// <inheritdoc cref="Output{T}(string)"/>
    public Output<T> Output<T>(Tensor tensor) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        foreach (var (name, output) in _graph.Outputs)
        {
            if (ReferenceEquals(output, tensor))
            {
                return Output<T>(name);
            }
        }

        throw new GraphException("GRC0404", $"Output requires an output of graph \"{Name}\": got {tensor.Describe()}");
    }

    /// <summary>Allocates memory to run in.</summary>
    /// <param name="variables">
    /// Parameters and state, shared with other executions; missing ones are created with their initial values. Null:
    /// variables of its own, disposed with it.
    /// </param>
    /// <param name="workers">The most threads that a run uses, at least 1; null: as the options said.</param>
    /// <exception cref="GraphException">
    /// GRC0410: out of memory. GRC0420, GRC0425, GRC0426: a variable exists with another type or shape, or cannot be
    /// made.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The graph has been disposed.</exception>
    public Execution CreateExecution(Variables? variables = null, int? workers = null)
    {
        var program = _program;
        ObjectDisposedException.ThrowIf(program is null, this);
        return new Execution(program, variables, workers ?? _workers);
    }

    /// <summary>Unloads the code once no execution holds it any more. A second call does nothing.</summary>
    public void Dispose()
    {
        _program = null;
        Interlocked.Exchange(ref _module, null)?.Dispose();
    }

    private VariableInfo Declaration(SlotLayout slot) =>
        _graph.Leaves.TryGetValue(slot.Name, out var leaf) && leaf.Node.Operator is VariableOp variable
            ? new VariableInfo(
                slot.Name,
                variable.Type.DType,
                ImmutableCollectionsMarshal.AsImmutableArray(variable.Type.Shape.Evaluate(static symbol => symbol.Max)),
                variable.Init,
                variable.IsState)
            : throw new InternalCompilerException("Compile", $"slot \"{slot.Name}\" is no variable of the graph");

    // No sequences of structures: a start would compile them first.
    private static ImmutableArray<ProgramConstant> Constants(GeneratedProgram generated)
    {
        var constants = new ProgramConstant[generated.Constants.Length];
        for (var i = 0; i < constants.Length; i++)
        {
            constants[i] = new ProgramConstant(generated.Constants[i].Slot, generated.Constants[i].Values);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(constants);
    }
}
