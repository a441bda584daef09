using System.Runtime.CompilerServices;
using GraphCompiler.Runtime.State;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime;

/// <summary>
/// Memory to run a program in: inputs, outputs, everything between, and the variables it is bound to. Several threads
/// can run one program at once, each with an execution of its own.
/// </summary>
/// <remarks>
/// A run allocates nothing on the managed heap. One execution serves one thread at a time; a second one that uses it
/// meanwhile is told so (GRC0409). Inputs keep their elements from run to run. Spans point at native memory: they are
/// valid until the execution is disposed, and whoever uses one keeps the execution reachable.
/// </remarks>
public sealed partial class Execution : IDisposable
{
    // What an input's elements come from, where it is not the number that was fed.
    private const long NeverFed = -1;
    private const long WrittenInPlace = -2;

    private readonly ExecutionMemory _memory;
    private readonly SymbolValues _symbols;
    private readonly TeamRun _run;
    private readonly SlotView[] _views;
    private readonly bool _ownsVariables;
    private ExecutionGate _gate; // a struct that changes: not readonly
    private bool _isReady;

    /// <summary>
    /// Allocates all memory that runs of <paramref name="program"/> need, for the bounds of all symbols.
    /// </summary>
    /// <param name="program">What to run.</param>
    /// <param name="variables">
    /// Parameters and state, shared with other executions; missing ones are created with their initial values. Null:
    /// variables of its own, disposed with it.
    /// </param>
    /// <param name="workers">
    /// The most threads that a run uses, the caller's included, at least 1; null: as many as
    /// <see cref="WorkerTeam.Shared"/> has. Results do not depend on it.
    /// </param>
    /// <exception cref="GraphException">
    /// GRC0410: out of memory. GRC0420, GRC0425, GRC0426: a variable exists with another type or shape, or cannot be
    /// made.
    /// </exception>
    public Execution(CompiledProgram program, Variables? variables = null, int? workers = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers ?? 1, 1);
        Layout = program.Layout;
        _ownsVariables = variables is null;
        Variables = variables ?? new Variables();
        Workers = TeamRun.WorkersOf(program, workers);
        _symbols = new SymbolValues(Layout);
        try
        {
            var addresses = Variables.Addresses(program.Variables);
            _memory = new ExecutionMemory(Layout, Workers);
            BindVariables(addresses);
        }
        catch when (_ownsVariables)
        {
            Variables.Dispose();
            throw;
        }

        _views = new SlotView[Layout.Slots.Length];
        for (var slot = 0; slot < _views.Length; slot++)
        {
            _views[slot] = new SlotView { Address = _memory.AddressOf(slot), Count = -1, Fed = NeverFed };
        }

        ConstantFill.Run(program, _memory);
        _run = new TeamRun(program, _memory, Variables, Workers, _symbols);
    }

    /// <summary>The parameters and state that runs read and update.</summary>
    public Variables Variables { get; }

    /// <summary>The program's memory, as data.</summary>
    public ProgramLayout Layout { get; }

    /// <summary>The most threads that a run uses, the caller's included.</summary>
    public int Workers { get; }

    /// <summary>Gives a symbol its value for the runs to come, until it is bound or fed again.</summary>
    /// <param name="symbol">Its name.</param>
    /// <param name="value">From 0 to its bound.</param>
    /// <exception cref="GraphException">
    /// GRC0404: no such symbol. GRC0407: out of range. GRC0409: in use by another thread.
    /// </exception>
    public void Bind(string symbol, long value)
    {
        Enter();
        try
        {
            Bind(Layout.FindSymbol(symbol), value);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The value that a symbol has at the moment.</summary>
    /// <param name="symbol">Its name.</param>
    /// <exception cref="GraphException">GRC0404: no such symbol. GRC0408: it has no value yet.</exception>
    public long ValueOf(string symbol)
    {
        var index = Layout.FindSymbol(symbol);
        var value = _symbols[index];
        return value >= 0 ? value : throw _symbols.NoValue(index);
    }

    /// <summary>The elements of an input, to be written in place: row-major, as many as the symbols say now.</summary>
    /// <param name="input">A handle of this program.</param>
    /// <exception cref="GraphException">
    /// GRC0408: a symbol of its shape has no value yet. GRC0409: in use by another thread. GRC0442: a handle of another
    /// program.
    /// </exception>
    public Span<T> Span<T>(Input<T> input) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(input);
        ref var view = ref Look<T>(input.Layout, input.Slot);
        view.Fed = WrittenInPlace;
        return view.Elements<T>();
    }

    /// <summary>
    /// The elements of an output as the last run left them: row-major, as many as the symbols say now.
    /// </summary>
    /// <param name="output">A handle of this program.</param>
    /// <inheritdoc cref="Span{T}(Input{T})"/>
    public ReadOnlySpan<T> Span<T>(Output<T> output) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(output);
        return Look<T>(output.Layout, output.Slot).Elements<T>();
    }

    /// <summary>
    /// Copies <paramref name="values"/> to an input. Where their number determines a symbol (the only one of the shape,
    /// or the only one without a value), the symbol takes that value, whatever it was before.
    /// </summary>
    /// <param name="input">A handle of this program.</param>
    /// <param name="values">Row-major, as many as the input's shape has elements.</param>
    /// <exception cref="GraphException">
    /// GRC0406: another length. GRC0407: the symbol's bound is exceeded. GRC0408: several symbols have no value yet.
    /// GRC0409: in use by another thread. GRC0442: a handle of another program.
    /// </exception>
    public void Feed<T>(Input<T> input, ReadOnlySpan<T> values) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(input);
        Enter();
        try
        {
            Own(input.Layout, input.Slot);
            Feed(input.Slot, values);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Gives an input of one element its value.</summary>
    /// <inheritdoc cref="Feed{T}(Input{T}, ReadOnlySpan{T})"/>
    public void Feed<T>(Input<T> input, T value) where T : unmanaged => Feed(input, new ReadOnlySpan<T>(in value));

    /// <summary>As <see cref="Feed{T}(Input{T}, ReadOnlySpan{T})"/>, by name: a convenience outside of loops.</summary>
    /// <exception cref="GraphException">GRC0404: no such input. GRC0405: another type.</exception>
    /// <inheritdoc cref="Feed{T}(Input{T}, ReadOnlySpan{T})"/>
    public void Feed<T>(string input, ReadOnlySpan<T> values) where T : unmanaged =>
        Feed(Layout.Input<T>(input), values);

    /// <summary>Gives an input of one element its value, by name: a convenience outside of loops.</summary>
    /// <inheritdoc cref="Feed{T}(string, ReadOnlySpan{T})"/>
    public void Feed<T>(string input, T value) where T : unmanaged => Feed(Layout.Input<T>(input), value);

    /// <summary>A copy of an output's elements.</summary>
    /// <inheritdoc cref="Span{T}(Output{T})"/>
    public T[] Read<T>(Output<T> output) where T : unmanaged => Span(output).ToArray();

    /// <summary>A copy of an output's elements, by name: a convenience outside of loops.</summary>
    /// <exception cref="GraphException">GRC0404: no such output. GRC0405: another type.</exception>
    /// <inheritdoc cref="Span{T}(Output{T})"/>
    public T[] Read<T>(string output) where T : unmanaged => Read(Layout.Output<T>(output));

    /// <summary>The value of an output that has one element.</summary>
    /// <exception cref="GraphException">GRC0406: it has not one element.</exception>
    /// <inheritdoc cref="Span{T}(Output{T})"/>
    public T Scalar<T>(Output<T> output) where T : unmanaged
    {
        var span = Span(output);
        return span.Length == 1 ? span[0] : throw _symbols.NotScalar(output.Slot, span.Length);
    }

    /// <summary>The value of an output that has one element, by name: a convenience outside of loops.</summary>
    /// <inheritdoc cref="Scalar{T}(Output{T})"/>
    public T Scalar<T>(string output) where T : unmanaged => Scalar(Layout.Output<T>(output));

    /// <summary>
    /// Computes all outputs and updates from the inputs and variables of this moment. An exception in generated code is
    /// thrown here, once; outputs and updated variables are then undefined.
    /// </summary>
    /// <exception cref="GraphException">
    /// GRC0408: a symbol has no value. GRC0409: in use by another thread. GRC0424: another run updates the variables,
    /// or this one would while others read. GRC0443: an input was fed another length, or nothing.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The execution, or its variables, have been disposed.</exception>
    public void Run()
    {
        Enter();
        try
        {
            if (!_isReady)
            {
                CheckInputs();
            }

            // The kernels hold addresses alone: without this the memory could be finalised under the last run.
            _run.Run();
            GC.KeepAlive(this);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees the memory; a run in progress ends first. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_gate.Close())
        {
            Free();
        }
    }

    /// <summary>Overwrites all memory that a run must not need, the unused rest of inputs included, with NaN.</summary>
    internal void Poison() => _memory.Poison(
        Layout,
        slot => Layout.Slots[slot] is { Kind: SlotKind.Input } input ? _symbols.Count(slot) * input.Type.Size() : 0);

    /// <summary>Threads that took part in the last run: fewer than <see cref="Workers"/> when the team was busy.</summary>
    internal int WorkersOfLastRun => _run.WorkersOfLastRun;

    /// <summary>Runs find an input or output elsewhere from now on. For tests: between guard pages.</summary>
    internal void Place(string slot, SlotKind kind, nint address)
    {
        for (var i = 0; i < Layout.Slots.Length; i++)
        {
            if (Layout.Slots[i].Kind == kind && Layout.Slots[i].Name == slot)
            {
                _memory.SetAddress(i, address);
            }
        }
    }

    private void CheckInputs()
    {
        var unbound = _symbols.FirstUnbound();
        if (unbound >= 0)
        {
            throw _symbols.NoValue(unbound);
        }

        for (var slot = 0; slot < _views.Length; slot++)
        {
            var isInput = Layout.Slots[slot].Kind == SlotKind.Input;
            var fed = _views[slot].Fed;
            if (isInput && fed != WrittenInPlace && fed != _symbols.Count(slot))
            {
                throw _symbols.NotFed(slot, Math.Max(fed, 0));
            }
        }

        _isReady = true;
    }

    private void Bind(int symbol, long value)
    {
        _symbols.Bind(symbol, value);
        _memory.SetSymbol(symbol, value);
        _isReady = false;
        foreach (ref var view in _views.AsSpan())
        {
            view.Count = -1;
        }
    }

    private void Feed<T>(int slot, ReadOnlySpan<T> values) where T : unmanaged
    {
        var (symbol, value) = _symbols.Infer(slot, values.Length);
        if (symbol >= 0 && _symbols[symbol] != value)
        {
            Bind(symbol, value);
        }

        values.CopyTo(_memory.Span<T>(slot, values.Length));
        if (_views[slot].Fed != values.Length)
        {
            _views[slot].Fed = values.Length;
            _isReady = false;
        }
    }

    private void BindVariables(ReadOnlySpan<nint> addresses)
    {
        var next = 0;
        for (var slot = 0; slot < Layout.Slots.Length; slot++)
        {
            if (Layout.Slots[slot].Kind == SlotKind.Variable)
            {
                _memory.SetAddress(slot, addresses[next++]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Own(ProgramLayout layout, int slot)
    {
        if (!ReferenceEquals(layout, Layout))
        {
            throw Foreign(layout, slot);
        }
    }

    private GraphException Foreign(ProgramLayout layout, int slot)
    {
        var name = layout.Slots[slot].Name;
        var other = layout.Name == Layout.Name ? "another compilation of it" : $"\"{Layout.Name}\"";
        return new GraphException(
            "GRC0442",
            $"A handle requires an execution of its own program: \"{name}\" is of \"{layout.Name}\", " +
            $"this execution runs {other}");
    }

    // A span outlives whatever this could hold, so there is nothing to hold: one look tells whether somebody else runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref SlotView Look<T>(ProgramLayout layout, int slot) where T : unmanaged
    {
        if (!_gate.IsIdle)
        {
            throw InUse();
        }

        Own(layout, slot);
        ref var view = ref _views[slot];
        if (view.Count < 0)
        {
            CountElements<T>(slot);
        }

        return ref view;
    }

    private void CountElements<T>(int slot) where T : unmanaged =>
        _views[slot].Count = _memory.Length<T>(slot, _symbols.Count(slot));

    private void Enter()
    {
        if (!_gate.TryEnter())
        {
            throw InUse();
        }
    }

    private Exception InUse() => _gate.IsClosing
        ? new ObjectDisposedException(GetType().FullName)
        : new GraphException(
            "GRC0409",
            $"An execution requires one thread at a time: this one of \"{Layout.Name}\" is in use; " +
            "make an execution for each thread");

    private void Leave()
    {
        if (_gate.Leave())
        {
            Free();
        }
    }

    private void Free()
    {
        _memory.Dispose();
        _companions.ForEach(static companion => companion.Free());
        if (_ownsVariables)
        {
            Variables.Dispose();
        }
    }
}
