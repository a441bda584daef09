using System.Reflection;
using System.Runtime.ExceptionServices;
using GraphCompiler.Docs.Tests.Markdown;

namespace GraphCompiler.Docs.Tests.Snippets;

/// <summary>Runs the programs of a page.</summary>
internal static class SnippetRunner
{
    /// <summary>What every block that runs prints, with line feeds, and one at the end.</summary>
    public static IReadOnlyDictionary<Block, string> Run(Page page)
    {
        var outputs = new Dictionary<Block, string>();
        foreach (var blocks in PageProgram.ProgramsOf(page))
        {
            var entry = SnippetCompiler.EntryPoint($"Line{blocks[0].FirstLine}Of{Path.GetFileNameWithoutExtension(page.Path)}", PageProgram.Source(page.Path, blocks));
            var texts = Capture(entry).Split(PageProgram.EndOfBlock);
            foreach (var (block, text) in blocks.Zip(texts))
            {
                outputs.Add(block, Normalize(text));
            }
        }

        return outputs;
    }

    // Blank ends of lines and of the whole do not show on a page.
    private static string Normalize(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd());
        return string.Join('\n', lines).Trim('\n') + "\n";
    }

    private static string Capture(MethodInfo entry)
    {
        var console = Console.Out;
        using var writer = new StringWriter();
        Console.SetOut(writer);
        try
        {
            entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
        finally
        {
            Console.SetOut(console);
        }

        return writer.ToString();
    }
}
