using System.Collections.Frozen;
using System.Text;
using GraphCompiler.Operators;

namespace GraphCompiler.Saving;

/// <summary>
/// The names of operators in files, and the types that they mean: nothing else of a file's text ever names a type.
/// </summary>
internal static class OperatorTypes
{
    private const string Suffix = "Op";

    private static readonly FrozenDictionary<string, Type> ByName = typeof(Operator).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract)
        .ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The operator of a name, or null.</summary>
    public static Type? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary><c>max_reduce</c> of <c>MaxReduceOp</c>.</summary>
    public static string NameOf(Type type)
    {
        var name = type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length] : type.Name;
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
