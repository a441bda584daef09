using System.Reflection;

namespace GraphCompiler.Operators;

/// <summary>
/// What a record is made of: the fields that its attributes are kept in. Keys and files are written from these, so no
/// operator has to say what its attributes are, and none can forget one.
/// </summary>
internal static class AttributeFields
{
    /// <summary>The fields of a type, those of its base types first, in the order of its module's metadata.</summary>
    public static FieldInfo[] Of(Type type)
    {
        const BindingFlags Own =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var inherited = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? Of(parent) : [];
        return [.. inherited, .. type.GetFields(Own)];
    }

    /// <summary>The attribute's name: a record keeps <c>Axes</c> in <c>&lt;Axes&gt;k__BackingField</c>.</summary>
    public static string NameOf(FieldInfo field)
    {
        var end = field.Name.IndexOf('>', StringComparison.Ordinal);
        return field.Name.StartsWith('<') && end > 0 ? field.Name[1..end] : field.Name;
    }
}
