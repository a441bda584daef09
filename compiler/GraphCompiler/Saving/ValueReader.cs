using System.Text.Json;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Saving;

/// <summary>
/// Reads attributes by the types that records declare: a file's text chooses among values, never among types.
/// </summary>
internal sealed class ValueReader(IReadOnlyDictionary<string, Dim> symbols)
{
    /// <summary>The types of attributes that <see cref="ValueWriter"/> writes, besides records of them.</summary>
    private Dictionary<Type, Func<JsonPlace, object>> Readers => field ??= new()
    {
        [typeof(bool)] = static place => place.Flag(),
        [typeof(int)] = static place => (int)place.Integer(int.MinValue, int.MaxValue),
        [typeof(long)] = static place => place.Integer(),
        [typeof(double)] = static place => place.Number(),
        [typeof(string)] = static place => place.Text(),
        [typeof(DType)] = static place => Element(place),
        [typeof(Dim)] = place => Extent(place),
        [typeof(Shape)] = place => Shape(place),
        [typeof(TensorType)] = place => Type(place),
        [typeof(Initializer)] = static place => SavedInitializer.Read(place),
        [typeof(EquatableArray<int>)] = static place =>
            place.Items().Select(static each => (int)each.Integer(int.MinValue, int.MaxValue)).ToEquatableArray(),
        [typeof(EquatableArray<long>)] = static place => place.Items().Select(static each => each.Integer()).ToEquatableArray(),
    };

    /// <summary>True where values of this type can be saved.</summary>
    public static bool Knows(Type type) =>
        new ValueReader(new Dictionary<string, Dim>()).Readers.ContainsKey(type)
        || (type.Assembly == typeof(ValueReader).Assembly && !type.IsAbstract && SavedRecord.Of(type).Members.All(static m => Knows(m.Field.FieldType)));

    /// <summary>A record of a type that this program chose.</summary>
    public object Record(Type type, JsonPlace place)
    {
        var record = SavedRecord.Of(type);
        var fields = place.Object();
        var values = new object?[record.Members.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var member = record.Members[i];
            var value = fields.Take(member.Key);
            values[i] = member.HoldsBits ? Bits(value)
                : Readers.TryGetValue(member.Field.FieldType, out var read) ? read(value)
                : Record(member.Field.FieldType, value);
        }

        fields.End();
        return record.Create(values);
    }

    public TensorType Type(JsonPlace place)
    {
        var fields = place.Object();
        var type = new TensorType(Element(fields.Take("dtype")), Shape(fields.Take("shape")));
        fields.End();
        return type;
    }

    private static DType Element(JsonPlace place)
    {
        var name = place.Text();
        foreach (var type in Enum.GetValues<DType>())
        {
            if (type.Name() == name)
            {
                return type;
            }
        }

        throw place.Unknown($"is \"{DisplayName.Of(name)}\", which is no element type that it knows");
    }

    private static EquatableArray<long> Bits(JsonPlace place)
    {
        var bits = new List<long>();
        foreach (var item in place.Items())
        {
            bits.Add(BitConverter.DoubleToInt64Bits(item.Number()));
        }

        return bits.ToEquatableArray();
    }

    private Shape Shape(JsonPlace place) => place.Count <= SavedFormat.MaxAxes ? GraphCompiler.Shape.Create([.. place.Items().Select(Extent)])
        : throw place.Damaged($"at most {SavedFormat.MaxAxes} axes, got {place.Count}");

    private Dim Extent(JsonPlace place)
    {
        if (place.Kind == JsonValueKind.Number)
        {
            return place.Integer(min: 0);
        }

        if (place.Kind == JsonValueKind.String)
        {
            return Symbol(place);
        }

        Dim? dim = place.Count is >= 2 and <= SavedFormat.MaxAxes ? null : throw place.Damaged("a factor and symbols");
        foreach (var item in place.Items())
        {
            dim = dim is { } product ? product * Symbol(item) : item.Integer(min: 1);
        }

        return dim!.Value;
    }

    private Dim Symbol(JsonPlace place) =>
        symbols.TryGetValue(place.Text(), out var symbol) ? symbol : throw place.Damaged("a symbol of the list");
}
