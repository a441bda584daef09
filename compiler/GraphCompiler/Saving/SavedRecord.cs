using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using GraphCompiler.Operators;

namespace GraphCompiler.Saving;

/// <summary>How a record of ours becomes an object of a file, and is made of one: by its primary constructor.</summary>
internal sealed class SavedRecord
{
    private static readonly ConcurrentDictionary<Type, SavedRecord> Known = [];

    private readonly ConstructorInfo _constructor;

    private SavedRecord(ConstructorInfo constructor, ImmutableArray<Member> members) =>
        (_constructor, Members) = (constructor, members);

    /// <summary>In the order of the constructor's parameters.</summary>
    public ImmutableArray<Member> Members { get; }

    /// <exception cref="NotSupportedException">No constructor takes all that the record holds, by its names.</exception>
    public static SavedRecord Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>A record with these values, in the order of <see cref="Members"/>.</summary>
    public object Create(object?[] values) => _constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, values, culture: null);

    private static SavedRecord Find(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var fields = AttributeFields.Of(type).ToDictionary(AttributeFields.NameOf, StringComparer.OrdinalIgnoreCase);
        foreach (var constructor in type.GetConstructors(All))
        {
            var parameters = constructor.GetParameters();
            if (parameters.Length == fields.Count
                && parameters.All(p => fields.TryGetValue(p.Name!, out var field) && field.FieldType == p.ParameterType))
            {
                return new(constructor, [.. parameters.Select(p => new Member(KeyOf(p.Name!), fields[p.Name!]))]);
            }
        }

        throw new NotSupportedException($"{type} has no constructor that takes {string.Join(", ", fields.Keys)}");
    }

    private static string KeyOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>One attribute.</summary>
    /// <param name="Key">Its name in a file: the parameter's, in camel case.</param>
    /// <param name="Field">Where the record keeps it.</param>
    internal sealed record Member(string Key, FieldInfo Field)
    {
        /// <summary>Whether integers are the bits of numbers.</summary>
        public bool HoldsBits { get; } = Field.GetCustomAttribute<DoubleBitsAttribute>() is not null;
    }
}
