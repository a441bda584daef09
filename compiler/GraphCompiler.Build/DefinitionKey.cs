using System.Security.Cryptography;
using System.Text;
using GraphCompiler.Runtime;

namespace GraphCompiler.Build;

/// <summary>The hash of all that generated code and its map depend on.</summary>
internal static class DefinitionKey
{
    /// <summary>64 hexadecimal digits, or null where the graph has no content that could be written down.</summary>
    /// <param name="options">How code is generated.</param>
    /// <param name="graph">What it is generated from: as it is saved, with the lines that declared it.</param>
    public static string? Of(EmitOptions options, Graph graph)
    {
        using var content = new MemoryStream();
        using var writer = new StreamWriter(content, leaveOpen: true);
        writer.WriteLine($"{typeof(Graph).Module.ModuleVersionId} {typeof(Worker).Module.ModuleVersionId}");
        writer.WriteLine($"{options.Namespace} {options.ClassName} {options.Visibility} {string.Join(' ', options.Targets)} {options.Regenerate} {options.SourceRoot}");
        writer.Flush();
        try
        {
            graph.Save(content);
        }
        catch (GraphException)
        {
            // A name that is no text. Such a graph is generated each time.
            return null;
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }

    /// <summary>64 hexadecimal digits of a text.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
