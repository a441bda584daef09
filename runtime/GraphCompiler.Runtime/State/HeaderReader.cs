using System.Collections.Immutable;
using System.Text.Json;

namespace GraphCompiler.Runtime.State;

/// <summary>Reads the JSON of a safetensors header, one token after the other.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> json, string path)
{
    // Header, tensor, array: what is deeper is not of this format.
    private const int Depth = 3;

    private readonly string _path = path;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly ImmutableArray<TensorEntry>.Builder _entries = ImmutableArray.CreateBuilder<TensorEntry>();
    private Utf8JsonReader _json = new(json, new JsonReaderOptions { MaxDepth = Depth });

    /// <summary>All of it.</summary>
    public SafetensorsHeader Read()
    {
        Expect(JsonTokenType.StartObject);
        while (NextName() is { } name)
        {
            if (!_names.Add(name))
            {
                throw Damaged($"\"{name}\" occurs twice");
            }

            if (name == Safetensors.MetadataKey)
            {
                ReadMetadata();
            }
            else
            {
                _entries.Add(ReadTensor(name));
            }
        }

        // The reader itself throws at anything but white space after the end.
        _json.Read();
        return new SafetensorsHeader(_entries.ToImmutable(), _metadata);
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject);
        while (NextName() is { } key)
        {
            Expect(JsonTokenType.String);
            if (!_metadata.TryAdd(key, _json.GetString()!))
            {
                throw Damaged($"metadata \"{key}\" occurs twice");
            }
        }
    }

    private TensorEntry ReadTensor(string name)
    {
        string? type = null;
        long[]? shape = null;
        long[]? place = null;
        if (name.Length == 0)
        {
            throw Damaged("a tensor has no name");
        }

        Expect(JsonTokenType.StartObject);
        while (NextName() is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String);
                    type = _json.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(name, Safetensors.LargestRank);
                    break;
                case "data_offsets" when place is null:
                    place = ReadNumbers(name, 2);
                    break;
                default:
                    throw Damaged($"tensor \"{name}\" has an unknown or repeated field \"{field}\"");
            }
        }

        return type is not null && shape is not null && place is { Length: 2 }
            ? Check(new TensorEntry(name, type, [.. shape], place[0], place[1]))
            : throw Damaged($"tensor \"{name}\" lacks its dtype, shape or data_offsets");
    }

    private readonly TensorEntry Check(TensorEntry entry)
    {
        var size = Safetensors.Size(entry.TypeName);
        if (size == 0)
        {
            throw Damaged($"tensor \"{entry.Name}\" has the unknown dtype \"{entry.TypeName}\"");
        }

        if (!ShapeText.TryBytes(entry.Shape.AsSpan(), size, out _, out var bytes))
        {
            throw Damaged($"tensor \"{entry.Name}\" has the impossible shape {ShapeText.Of(entry.Shape)}");
        }

        return entry.Begin >= 0 && entry.End >= entry.Begin && entry.End - entry.Begin == bytes
            ? entry
            : throw Damaged($"tensor {entry} has {bytes} bytes, but its place is {entry.Begin} to {entry.End}");
    }

    private long[] ReadNumbers(string name, int most)
    {
        List<long> numbers = [];
        Expect(JsonTokenType.StartArray);
        while (Next() != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var number) || numbers.Count == most)
            {
                throw Damaged($"tensor \"{name}\" requires lists of at most {most} whole numbers of 64 bits");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    // The next property's name, or null at the object's end.
    private string? NextName() => Next() switch
    {
        JsonTokenType.PropertyName => _json.GetString(),
        JsonTokenType.EndObject => null,
        var other => throw Damaged($"the header has a {other} at byte {_json.TokenStartIndex} in place of a name"),
    };

    private void Expect(JsonTokenType type)
    {
        if (Next() != type)
        {
            throw Damaged($"the header has a {_json.TokenType} at byte {_json.TokenStartIndex} in place of a {type}");
        }
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw Damaged("the header ends too soon");

    private readonly GraphException Damaged(string reason) => SafetensorsHeader.Damaged(_path, reason);
}
