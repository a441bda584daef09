using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler;

/// <summary>Finds the methods of an assembly that declare graphs.</summary>
public static class GraphDefinitions
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The methods that bear <see cref="GraphDefinitionAttribute"/>. None of them is run, nor anything else.</summary>
    /// <param name="assembly">A loaded assembly.</param>
    /// <returns>In ordinal order of namespace and class, whatever the order in the source.</returns>
    /// <exception cref="GraphException">
    /// GRC0501: a method of another signature. GRC0502: two definitions of one class. GRC0504: a name that C# does not
    /// accept. GRC0505: a type of the assembly cannot be loaded.
    /// </exception>
    [RequiresUnreferencedCode("Looks at all methods of an assembly")]
    public static IReadOnlyList<GraphDefinition> In(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var marked = from type in TypesOf(assembly)
                     from method in type.GetMethods(Declared)
                     let attribute = method.GetCustomAttribute<GraphDefinitionAttribute>(inherit: false)
                     where attribute is not null
                     select Define(method, attribute);
        GraphDefinition[] definitions = [.. marked.OrderBy(static d => d.FullName, StringComparer.Ordinal)];

        // Classes are files too, and not every file system tells capitals from small letters.
        var seen = new Dictionary<string, GraphDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var definition in definitions)
        {
            if (!seen.TryAdd(definition.FullName, definition))
            {
                throw Wrong(
                    "GRC0502",
                    $"Definitions require classes of different names: {seen[definition.FullName]} and {definition} are both {definition.FullName}",
                    definition.Method);
            }
        }

        return definitions;
    }

    [RequiresUnreferencedCode("Looks at all types of an assembly")]
    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            var first = e.LoaderExceptions.FirstOrDefault(static each => each is not null)?.Message ?? e.Message;
            throw new GraphException(
                "GRC0505", $"Finding graphs requires types that can be loaded: {assembly.GetName().Name}: {first}", inner: e);
        }
    }

    private static GraphDefinition Define(MethodInfo method, GraphDefinitionAttribute attribute)
    {
        if (WhatIsWrongWith(method) is { } fact)
        {
            throw Wrong(
                "GRC0501",
                $"A graph definition requires the form static void Name(Graph graph): {GraphDefinition.NameOf(method)} {fact}",
                method);
        }

        var name = attribute.Name ?? method.Name;
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Wrong("GRC0504", $"A graph requires a name: that of {GraphDefinition.NameOf(method)} is blank", method);
        }

        var className = attribute.ClassName ?? ClassNameFrom(name);
        var @namespace = attribute.Namespace ?? method.DeclaringType?.Namespace ?? "";
        RequireIdentifier(className, "ClassName", method);
        foreach (var part in @namespace.Length == 0 ? [] : @namespace.Split('.'))
        {
            RequireIdentifier(part, "Namespace", method);
        }

        var options = new EmitOptions { ClassName = className, Namespace = @namespace, Visibility = attribute.Visibility };
        return new GraphDefinition(method, name, attribute.Targets is { } targets ? options with { Targets = [.. targets] } : options);
    }

    private static string? WhatIsWrongWith(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return method switch
        {
            { IsStatic: false } => "is not static",
            { ContainsGenericParameters: true } => "is generic, or in a generic class",
            _ when method.Name.Contains('<', StringComparison.Ordinal) => "is a local function",
            _ when method.ReturnType != typeof(void) => $"returns {method.ReturnType.Name}",
            _ when method.IsDefined(typeof(AsyncStateMachineAttribute)) => "is async",
            _ when parameters.Length != 1 => $"has {parameters.Length} parameters",
            _ when parameters[0].ParameterType != typeof(Graph) => $"takes {parameters[0].ParameterType.Name}",
            _ => null,
        };
    }

    private static void RequireIdentifier(string name, string property, MethodInfo method)
    {
        if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            throw Wrong(
                "GRC0504",
                $"{property} requires C# identifiers: that of {GraphDefinition.NameOf(method)} has \"{DisplayName.Of(name)}\"",
                method);
        }
    }

    /// <summary>"two-layer net" becomes TwoLayerNet.</summary>
    private static string ClassNameFrom(string name)
    {
        var text = new System.Text.StringBuilder();
        var upper = true;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                upper = true;
                continue;
            }

            if (text.Length == 0 && char.IsAsciiDigit(c))
            {
                text.Append('_');
            }

            text.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return text.Length == 0 ? "Graph" : text.ToString();
    }

    private static GraphException Wrong(string id, string text, MethodInfo method)
    {
        var origin = GraphDefinition.OriginOf(method);
        return new GraphException(id, text, origin.File, origin.Line);
    }
}
