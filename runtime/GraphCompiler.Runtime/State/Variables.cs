using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Runtime.State;

/// <summary>
/// The parameters and state of one or several compiled graphs (train, evaluate, infer), by scoped name, in the order of
/// their declaration.
/// </summary>
/// <remarks>
/// All members may be called from several threads. Runs that only read the variables may overlap; a run that updates
/// them must be alone, and so must <see cref="Load"/> and <see cref="Variable.Write{T}(ReadOnlySpan{T})"/>. Nothing
/// waits for its turn: a clash is a <see cref="GraphException"/> (GRC0424), never a race.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "The field's term; that it can be enumerated is a convenience")]
public sealed class Variables : IReadOnlyCollection<Variable>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly RunGate _gate = new();
    private readonly List<Variable> _inOrder = [];
    private readonly Dictionary<string, Variable> _byName = new(StringComparer.Ordinal);

    /// <summary>Variables declared so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _inOrder.Count;
            }
        }
    }

    /// <summary>The variable called <paramref name="name"/>.</summary>
    /// <exception cref="GraphException">GRC0423: there is none; the message names the nearest.</exception>
    public Variable this[string name]
    {
        get
        {
            if (TryGet(name, out var variable))
            {
                return variable;
            }

            var names = NearestNames.To(name, this.Select(each => each.Name));
            var nearest = string.Join(" or ", names.Select(each => $"\"{each}\""));
            var hint = nearest.Length == 0 ? "" : $"; did you mean {nearest}?";
            throw new GraphException("GRC0423", $"There is no variable \"{name}\" among these {Count}{hint}");
        }
    }

    /// <summary>
    /// Creates variables from a file that <see cref="Save"/>, or another program, wrote in the safetensors format.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GraphException">
    /// GRC0430: the file is damaged. GRC0432: it cannot be read. GRC0434: it holds a type that no variable has.
    /// </exception>
    public static Variables Open(string path) => VariableFile.Open(path);

    /// <summary>Finds the variable called <paramref name="name"/>.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out Variable? variable)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_lock)
        {
            return _byName.TryGetValue(name, out variable);
        }
    }

    /// <summary>Where the variables of some declarations lie: each as <see cref="GetOrAdd"/> has it.</summary>
    internal nint[] Addresses(ImmutableArray<VariableInfo> declared)
    {
        var addresses = new nint[declared.Length];
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = GetOrAdd(declared[i]).Address;
        }

        return addresses;
    }

    /// <summary>
    /// The variable declared so: created with its initial values, or the existing one of that name with its values.
    /// </summary>
    /// <param name="info">The declaration; of an existing variable, type and shape must be these.</param>
    /// <exception cref="GraphException">
    /// GRC0410: out of memory. GRC0420: the existing variable has another type or shape. GRC0425: the initial values do
    /// not fit. GRC0426: the name or the shape is none that a variable can have.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The variables have been disposed.</exception>
    public Variable GetOrAdd(VariableInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var (elements, bytes) = info.Check();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_gate.IsClosing, this);
            if (_byName.TryGetValue(info.Name, out var existing))
            {
                return existing.Type == info.Type && existing.Shape.AsSpan().SequenceEqual(info.Shape.AsSpan())
                    ? existing
                    : throw new GraphException(
                        "GRC0420",
                        "Graphs that share a variable require the same type and shape of it: " +
                        $"{existing} exists, {info.Describe()} is asked for");
            }

            return Add(info, elements, bytes);
        }
    }

    /// <summary>
    /// Writes all values to a file in the safetensors format. The file is replaced as a whole, once everything is on
    /// the disk: whoever is killed half-way leaves the old file.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="GraphException">
    /// GRC0424: a training run is in progress. GRC0433: the file cannot be written.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The variables have been disposed.</exception>
    public void Save(string path)
    {
        AcquireShared();
        try
        {
            VariableFile.Save(this, path);
        }
        finally
        {
            ReleaseShared();
        }
    }

    /// <summary>
    /// Replaces the values by those of a file in the safetensors format. All of it is read and checked first: an error
    /// changes nothing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="strict">
    /// True: the file and these variables have the same names. False: only what both have is loaded. Types and shapes
    /// must agree either way.
    /// </param>
    /// <exception cref="GraphException">
    /// GRC0424: a run is in progress. GRC0430: the file is damaged. GRC0431: its contents are not these variables.
    /// GRC0432: it cannot be read.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The variables have been disposed.</exception>
    public void Load(string path, bool strict = true)
    {
        AcquireExclusive();
        try
        {
            VariableFile.Load(this, path, strict);
        }
        finally
        {
            ReleaseExclusive();
        }
    }

    /// <summary>
    /// Begins a run that updates variables. To be followed by <see cref="ReleaseExclusive"/>. Never waits, allocates
    /// nothing.
    /// </summary>
    /// <exception cref="GraphException">GRC0424: another run is in progress.</exception>
    /// <exception cref="ObjectDisposedException">The variables have been disposed.</exception>
    public void AcquireExclusive() => _gate.EnterExclusive(this);

    /// <summary>
    /// Begins a run that reads variables. To be followed by <see cref="ReleaseShared"/>. Never waits, allocates
    /// nothing.
    /// </summary>
    /// <exception cref="GraphException">GRC0424: a run that updates variables is in progress.</exception>
    /// <exception cref="ObjectDisposedException">The variables have been disposed.</exception>
    public void AcquireShared() => _gate.EnterShared(this);

    /// <summary>Ends what <see cref="AcquireExclusive"/> began.</summary>
    /// <exception cref="InvalidOperationException">It was not begun.</exception>
    public void ReleaseExclusive()
    {
        if (_gate.LeaveExclusive())
        {
            FreeAll();
        }
    }

    /// <summary>Ends what <see cref="AcquireShared"/> began.</summary>
    /// <exception cref="InvalidOperationException">It was not begun.</exception>
    public void ReleaseShared()
    {
        if (_gate.LeaveShared())
        {
            FreeAll();
        }
    }

    /// <summary>The variables of this moment, in the order of their declaration.</summary>
    public IEnumerator<Variable> GetEnumerator()
    {
        Variable[] snapshot;
        lock (_lock)
        {
            snapshot = [.. _inOrder];
        }

        return ((IEnumerable<Variable>)snapshot).GetEnumerator();
    }

    /// <summary>
    /// Frees the memory; runs in progress end first, and the last of them frees it. A second call does nothing.
    /// </summary>
    public void Dispose()
    {
        if (_gate.Close())
        {
            FreeAll();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Variable Add(VariableInfo info, long elements, long bytes)
    {
        var buffer = new AlignedBuffer(bytes);
        try
        {
            info.Init.Fill(new InitializerTarget(info.Name, info.Type, info.Shape, buffer.Address, elements));
            var variable = new Variable(this, info, buffer);
            _byName.Add(info.Name, variable);
            _inOrder.Add(variable);
            return variable;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private void FreeAll()
    {
        lock (_lock)
        {
            foreach (var variable in _inOrder)
            {
                variable.Buffer.Dispose();
            }
        }
    }
}
