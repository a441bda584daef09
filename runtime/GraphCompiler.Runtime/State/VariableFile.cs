using System.Buffers.Binary;
using System.Text.Json;
using GraphCompiler.Runtime.Memory;

namespace GraphCompiler.Runtime.State;

/// <summary>Saves and loads variables.</summary>
internal static class VariableFile
{
    // One read or write of the system takes at most 2 GiB; and a header that ends on a cache line lets others map the
    // file.
    private const int Chunk = 1 << 30;
    private const int DataAlignment = 64;

    /// <summary>Writes all of them, atomically. The caller holds the gate.</summary>
    public static void Save(Variables variables, string path)
    {
        var inOrder = variables.ToArray();

        // Larger elements first, so that every tensor is aligned to its own; the header keeps the order of declaration.
        var inFile = inOrder.OrderByDescending(variable => variable.Type.Size()).ToArray();
        var header = Header(inOrder, inFile);
        AtomicFile.Save(path, file =>
        {
            file.Write(header);
            foreach (var variable in inFile)
            {
                for (long done = 0; done < variable.Buffer.Length; done += Chunk)
                {
                    var count = Math.Min(Chunk, variable.Buffer.Length - done);
                    file.Write(variable.Buffer.AsSpan<byte>(done, count));
                }
            }
        });
    }

    /// <summary>Replaces the values. The caller holds the gate.</summary>
    public static void Load(Variables variables, string path, bool strict)
    {
        using var file = TensorFile.Open(path);
        var pairs = FileMatch.Pair(variables, file.Header, path, strict);
        List<AlignedBuffer> staged = [];
        try
        {
            // Everything is in memory before the first value changes: a disk that fails half-way changes nothing.
            foreach (var (_, entry) in pairs)
            {
                staged.Add(file.Read(entry));
            }

            for (var i = 0; i < pairs.Count; i++)
            {
                Copy(staged[i], pairs[i].Variable.Buffer);
            }
        }
        finally
        {
            staged.ForEach(buffer => buffer.Dispose());
        }
    }

    /// <summary>Creates variables from a file.</summary>
    public static Variables Open(string path)
    {
        using var file = TensorFile.Open(path);
        var variables = new Variables();
        try
        {
            foreach (var entry in file.Header.Entries)
            {
                var type = entry.Type ?? throw new GraphException(
                    "GRC0434", $"Opening a file requires types that variables have: \"{path}\": tensor {entry}");
                var role = file.Header.Metadata.GetValueOrDefault(Safetensors.RolePrefix + entry.Name);
                var isState = role == Safetensors.StateRole;
                var variable = variables.GetOrAdd(new VariableInfo(entry.Name, type, entry.Shape, Init.Zeros, isState));
                using var values = file.Read(entry);
                Copy(values, variable.Buffer);
            }

            return variables;
        }
        catch
        {
            variables.Dispose();
            throw;
        }
    }

    private static unsafe void Copy(AlignedBuffer source, AlignedBuffer destination) =>
        Buffer.MemoryCopy((void*)source.Address, (void*)destination.Address, destination.Length, source.Length);

    private static byte[] Header(Variable[] inOrder, Variable[] inFile)
    {
        Dictionary<Variable, long> begins = [];
        var next = 0L;
        foreach (var variable in inFile)
        {
            begins.Add(variable, next);
            next = checked(next + variable.Buffer.Length);
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteMetadata(json, inOrder);
            foreach (var variable in inOrder)
            {
                WriteTensor(json, variable, begins[variable]);
            }

            json.WriteEndObject();
        }

        var length = (int)stream.Length;
        var total = (Safetensors.LengthBytes + length + DataAlignment - 1) / DataAlignment * DataAlignment;
        var header = new byte[total];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(header, total - Safetensors.LengthBytes);
        stream.GetBuffer().AsSpan(0, length).CopyTo(header.AsSpan(Safetensors.LengthBytes));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, Variable[] variables)
    {
        json.WriteStartObject(Safetensors.MetadataKey);
        json.WriteString("format", "GraphCompiler");
        foreach (var variable in variables.Where(variable => variable.Info.IsState))
        {
            json.WriteString(Safetensors.RolePrefix + variable.Name, Safetensors.StateRole);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, Variable variable, long begin)
    {
        json.WriteStartObject(variable.Name);
        json.WriteString("dtype", Safetensors.Name(variable.Type));
        json.WriteStartArray("shape");
        foreach (var extent in variable.Shape)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + variable.Buffer.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
