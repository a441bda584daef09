using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Compile;

/// <summary>
/// Writes values field by field, so that different values are different bytes: for a key of what a program is made from.
/// No operator has to say what its attributes are, and so none can forget one.
/// </summary>
/// <remarks>
/// A class or structure is its type's name and its fields, those of its base types first, in the order of its module's
/// metadata: the same wherever the module is the same.
/// </remarks>
internal sealed class AttributeWriter(BinaryWriter output)
{
    private readonly Dictionary<Type, Content> _types = [];

    // A class, not a tuple: what is generic in our own structures is compiled anew in every process.
    private sealed record Content(int Number, FieldInfo[] Fields);

    /// <summary>Writes a value that <see cref="IsWritable"/> is true of.</summary>
    /// <exception cref="NotSupportedException">Something in it has no content of its own: a delegate, say.</exception>
    public void Write(object? value)
    {
        switch (value)
        {
            case null:
                output.Write(false);
                return;
            case string text:
                output.Write(true);
                output.Write(text);
                return;
            case Array array:
                WriteElements(array);
                return;
            case Initializer:
                // The values that a variable starts with are no part of the program: they are the declaring graph's.
                return;
            default:
                WriteFields(value);
                return;
        }
    }

    /// <summary>True where values of this type, and all that they hold, are compared by content when written.</summary>
    public static bool IsWritable(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || typeof(Initializer).IsAssignableFrom(type)
        || (type.IsArray ? IsWritable(type.GetElementType()!)
            : IsContent(type) && AttributeFields.Of(type).All(static field => IsWritable(field.FieldType)));

    private void WriteElements(Array array)
    {
        output.Write(true);
        output.Write(array.Length);
        if (array is long[] numbers)
        {
            // The values of a constant: there may be millions.
            output.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return;
        }

        foreach (var each in (IEnumerable)array)
        {
            Write(each);
        }
    }

    private void WriteFields(object value)
    {
        var type = value.GetType();
        if (type.IsEnum)
        {
            output.Write(((IConvertible)value).ToInt64(null));
            return;
        }

        if (type.IsPrimitive)
        {
            WritePrimitive(value);
            return;
        }

        if (!_types.TryGetValue(type, out var known))
        {
            if (!IsContent(type))
            {
                throw new NotSupportedException($"{type} has no content to write");
            }

            // A type's name is written where it is first met, its number before that and from then on.
            known = new(_types.Count, AttributeFields.Of(type));
            _types.Add(type, known);
            output.Write(known.Number);
            output.Write(type.ToString());
        }
        else
        {
            output.Write(known.Number);
        }

        foreach (var field in known.Fields)
        {
            // An immutable array that was never set is an empty one, and equal to it.
            Write(field.GetValue(value) ?? (field.FieldType.IsArray ? Array.Empty<byte>() : null));
        }
    }

    private void WritePrimitive(object value)
    {
        switch (value)
        {
            case bool flag:
                output.Write(flag);
                break;
            case double number:
                output.Write(BitConverter.DoubleToInt64Bits(number));
                break;
            case float number:
                output.Write(BitConverter.SingleToInt32Bits(number));
                break;
            case ulong number:
                output.Write(number);
                break;
            case nint or nuint:
                throw new NotSupportedException("an address is no content");
            default:
                output.Write(((IConvertible)value).ToInt64(null));
                break;
        }
    }

    // Our own types, and the immutable array that they hold lists in.
    private static bool IsContent(Type type) =>
        !type.IsAbstract && !type.IsInterface && !typeof(Delegate).IsAssignableFrom(type)
        && (type.Assembly == typeof(AttributeWriter).Assembly
            || type.Namespace == "System.Collections.Immutable" && type.IsValueType);
}
