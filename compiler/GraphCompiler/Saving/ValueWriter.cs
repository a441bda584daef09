using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Saving;

/// <summary>Writes attributes and what they are made of; <see cref="ValueReader"/> reads them.</summary>
internal sealed class ValueWriter(Utf8JsonWriter json, SavedSymbols symbols)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The attributes of a record, as members of an object.</summary>
    public void Members(object record)
    {
        json.WriteStartObject();
        foreach (var member in SavedRecord.Of(record.GetType()).Members)
        {
            json.WritePropertyName(member.Key);
            var value = member.Field.GetValue(record);
            if (member.HoldsBits)
            {
                Numbers((EquatableArray<long>)value!);
            }
            else
            {
                Value(value);
            }
        }

        json.WriteEndObject();
    }

    /// <exception cref="GraphException">GRC0463: half a surrogate pair, which no file can hold.</exception>
    public void Text(string text)
    {
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new GraphException("GRC0463", $"Save requires names of well-formed text: \"{DisplayName.Of(text)}\" has half a surrogate pair", inner: e);
        }

        json.WriteStringValue(text);
    }

    public void Type(TensorType type)
    {
        json.WriteStartObject();
        json.WriteString("dtype", type.DType.Name());
        json.WritePropertyName("shape");
        Shape(type.Shape);
        json.WriteEndObject();
    }

    /// <summary>A number as such where it is finite; otherwise as text, by name or by its bits.</summary>
    public void Number(double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else if (BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(double.NaN))
        {
            json.WriteStringValue("NaN");
        }
        else
        {
            json.WriteStringValue(double.IsPositiveInfinity(value) ? "Infinity" : double.IsNegativeInfinity(value) ? "-Infinity"
                : string.Create(CultureInfo.InvariantCulture, $"0x{BitConverter.DoubleToUInt64Bits(value):x16}"));
        }
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(((IConvertible)value).ToInt64(CultureInfo.InvariantCulture));
                break;
            case double number:
                Number(number);
                break;
            case string text:
                Text(text);
                break;
            case DType type:
                json.WriteStringValue(type.Name());
                break;
            case Dim dim:
                Extent(dim);
                break;
            case Shape shape:
                Shape(shape);
                break;
            case TensorType type:
                Type(type);
                break;
            case Initializer initializer:
                SavedInitializer.Write(initializer, json, this);
                break;
            case EquatableArray<int> or EquatableArray<long>:
                json.WriteStartArray();
                foreach (var each in (IEnumerable)value)
                {
                    Value(each);
                }

                json.WriteEndArray();
                break;
            default:
                Members(value ?? throw new NotSupportedException("an attribute without a value"));
                break;
        }
    }

    private void Numbers(EquatableArray<long> bits)
    {
        json.WriteStartArray();
        foreach (var each in bits)
        {
            Number(BitConverter.Int64BitsToDouble(each));
        }

        json.WriteEndArray();
    }

    private void Shape(Shape shape)
    {
        json.WriteStartArray();
        foreach (var dim in shape)
        {
            Extent(dim);
        }

        json.WriteEndArray();
    }

    // 784, "batch", or [4, "batch", "sequence"].
    private void Extent(Dim dim)
    {
        if (dim.IsConstant)
        {
            json.WriteNumberValue(dim.Factor);
        }
        else if (dim is { Factor: 1, Symbols: [var single] })
        {
            Text(symbols.IdOf(single));
        }
        else
        {
            json.WriteStartArray();
            json.WriteNumberValue(dim.Factor);
            foreach (var symbol in dim.Symbols)
            {
                Text(symbols.IdOf(symbol));
            }

            json.WriteEndArray();
        }
    }
}
