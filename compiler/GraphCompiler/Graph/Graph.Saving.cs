using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using GraphCompiler.Saving;

namespace GraphCompiler;

// A graph as a file, for tools and for reports of mistakes.
public sealed partial class Graph
{
    /// <summary>
    /// Saves the graph: nodes with attributes and types, initial values, constants, names, outputs, updates, and the lines
    /// that declared them. The format is JSON, described in docs/saved-graphs.md.
    /// </summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <remarks>
    /// Values of variables are not in it: <see cref="Variables.Save(string)"/> has those. Full paths of source files
    /// are, where they are known. The same graph is the same bytes.
    /// </remarks>
    /// <exception cref="GraphException">GRC0433: the file cannot be written. GRC0463: a name that is no well-formed text.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = GraphWriter.Write(this);
        AtomicFile.Save(path, file => file.Write(bytes));
    }

    /// <param name="stream">Receives UTF-8; it is left open.</param>
    /// <inheritdoc cref="Save(string)"/>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(GraphWriter.Write(this));
    }

    /// <summary>Declares the graph of a file again: the same nodes with the same names, hence the same program.</summary>
    /// <param name="path">What <see cref="Save(string)"/> wrote.</param>
    /// <remarks>
    /// Everything is checked as when it was declared, so a file may come from anywhere: it names operators and their
    /// attributes, never types or code. At most 256 MiB. Linear in the size of the file.
    /// </remarks>
    /// <exception cref="GraphException">
    /// GRC0432: the file cannot be read. GRC0460: it is damaged, or no saved graph. GRC0461: of another version. GRC0462:
    /// its graph breaks a rule of declaring. The message says where in the file.
    /// </exception>
    public static Graph Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            return Load(file, Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new GraphException("GRC0432", $"Loading requires a file that can be read: \"{path}\": {e.Message}", inner: e);
        }
    }

    /// <param name="stream">Read to its end; left open.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static Graph Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(stream, "stream");
    }

    private static Graph Load(Stream stream, string name)
    {
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (content.Length + read > SavedFormat.MaxBytes)
            {
                throw new GraphException("GRC0460", $"Load requires an intact saved graph: {name} has more than {SavedFormat.MaxBytes} bytes");
            }

            content.Write(buffer, 0, read);
        }

        return GraphReader.Read(content.GetBuffer().AsMemory(0, (int)content.Length), name);
    }

    /// <summary>A node as it was saved, with its origins; a leaf with the checks of a leaf.</summary>
    internal Node Restore(Operator op, ImmutableArray<Tensor> inputs, ReadOnlySpan<Origin> origins)
    {
        var origin = origins.IsEmpty ? Origin.None : origins[0];
        var name = op switch { InputOp input => input.LeafName, VariableOp variable => variable.LeafName, _ => null };
        if (name is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
        }

        var node = name is null ? Add(op, inputs, origin) : QualifiedLeaf(name, _ => op, origin).Node;
        for (var i = 1; i < origins.Length; i++)
        {
            node.AddOrigin(origins[i]);
        }

        return node;
    }

    /// <summary>Puts a name in its place in the order of naming; the tensor gets it too unless it has it already.</summary>
    internal void RestoreName(Tensor tensor, string name, bool isNew)
    {
        if (isNew)
        {
            tensor.RestoreName(name);
        }

        NameLog.Add((name, tensor));
    }
}
