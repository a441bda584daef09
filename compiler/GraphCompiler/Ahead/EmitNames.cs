using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Ahead;

/// <summary>Where generated code stands: names that were given, checked, or made of the graph's.</summary>
/// <param name="Namespace">Of the typed class; may be empty.</param>
/// <param name="ClassName">Of the typed class.</param>
/// <param name="Targets">Best first.</param>
internal sealed record EmitNames(string Namespace, string ClassName, ImmutableArray<KernelTarget> Targets)
{
    // A file is called after it, and beside it a map.
    private const int MaxLength = 200;

    private static readonly KernelTarget[] BestFirst = [KernelTarget.Avx512, KernelTarget.Avx2, KernelTarget.Portable];

    /// <summary>
    /// The namespace of kernels. Nobody else declares anything in it, so what its using directives say holds, whatever
    /// the user's own types are called. Different classes have different ones.
    /// </summary>
    public string Kernels =>
        "GraphCompiler.Generated." + FullName.Replace("_", "__", StringComparison.Ordinal).Replace('.', '_');

    private string FullName => Namespace.Length == 0 ? ClassName : $"{Namespace}.{ClassName}";

    /// <exception cref="GraphException">GRC0450: names or targets that cannot be.</exception>
    public static EmitNames Of(Graph graph, EmitOptions options)
    {
        var space = options.Namespace ?? "";
        foreach (var part in space.Length == 0 ? [] : space.Split('.'))
        {
            Require(IsIdentifier(part) && part != "global", $"a namespace of identifiers, of at most {MaxLength} ASCII letters, digits and underscores each: \"{Diagnostics.DisplayName.Of(space)}\"");
        }

        var name = options.ClassName ?? new NameAllocator().New(graph.Name, capital: true);
        Require(
            IsIdentifier(name) && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None,
            $"an identifier as the name of the class, of at most {MaxLength} ASCII letters, digits and underscores: \"{Diagnostics.DisplayName.Of(name)}\"");
        Require(
            !options.Targets.IsDefaultOrEmpty && options.Targets.All(BestFirst.Contains),
            $"targets among {string.Join(", ", BestFirst)}: [{string.Join(", ", options.Targets.IsDefault ? [] : options.Targets)}]");
        return new(space, name, [.. BestFirst.Where(target => options.Targets.Contains(target))]);

        void Require(bool condition, string rule)
        {
            if (!condition)
            {
                throw new GraphException("GRC0450", $"Emit of \"{Diagnostics.DisplayName.Of(graph.Name)}\" requires {rule}");
            }
        }
    }

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= MaxLength
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && SyntaxFacts.IsValidIdentifier(name)
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;
}
