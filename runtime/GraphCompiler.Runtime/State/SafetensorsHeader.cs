using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphCompiler.Runtime.State;

/// <summary>The contents of a file's header, all of it checked: nothing in it is trusted.</summary>
/// <param name="Entries">The tensors, in the header's order.</param>
/// <param name="Metadata">The strings about the file.</param>
internal sealed record SafetensorsHeader(
    ImmutableArray<TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads a header.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="dataBytes">Bytes of the file after the header.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="GraphException">
    /// GRC0430: it is not well-formed, or does not describe exactly these bytes.
    /// </exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataBytes, string path)
    {
        if (json.IsEmpty || json[0] != (byte)'{' || !Utf8.IsValid(json))
        {
            throw Damaged(path, "the header is not a JSON object in UTF-8");
        }

        try
        {
            var header = new HeaderReader(json, path).Read();
            header.CheckPlaces(dataBytes, path);
            return header;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The JSON reader throws the latter for strings whose escapes are not Unicode.
            throw Damaged(path, "the header is not well-formed JSON", e);
        }
    }

    /// <summary>The error that a file is damaged.</summary>
    public static GraphException Damaged(string path, string reason, Exception? inner = null) =>
        new("GRC0430", $"Loading requires an intact safetensors file: \"{path}\": {reason}", inner: inner);

    // The format allows neither gaps nor overlaps, so in order of place each tensor begins where the one before ends.
    private void CheckPlaces(long dataBytes, string path)
    {
        var next = 0L;
        foreach (var entry in Entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != next)
            {
                throw Damaged(path, $"tensor {entry} begins at byte {entry.Begin}, the one before it ends at {next}");
            }

            next = entry.End;
        }

        if (next != dataBytes)
        {
            throw Damaged(path, $"its tensors take {next} bytes, {dataBytes} follow the header");
        }
    }
}
