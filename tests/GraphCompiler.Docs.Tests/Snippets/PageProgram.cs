using System.Globalization;
using System.Text;
using GraphCompiler.Docs.Tests.Markdown;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GraphCompiler.Docs.Tests.Snippets;

/// <summary>
/// Blocks of a page as one C# program: using directives in front, statements in the order of the page, declarations of
/// types at the end, as the language wants them. Lines are mapped, so that errors and traces point into the page.
/// </summary>
internal static class PageProgram
{
    /// <summary>Printed after each block: no page prints this itself.</summary>
    public const string EndOfBlock = "\u0003";

    // What a new console project has without being asked.
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    /// <summary>The blocks that run together: up to the next one that starts anew.</summary>
    public static IEnumerable<IReadOnlyList<Block>> ProgramsOf(Page page)
    {
        var program = new List<Block>();
        foreach (var block in page.Blocks.Where(static block => block.IsRun))
        {
            if (block.Kind == BlockKind.RunNew && program.Count > 0)
            {
                yield return program;
                program = [];
            }

            program.Add(block);
        }

        if (program.Count > 0)
        {
            yield return program;
        }
    }

    public static string Source(string path, IReadOnlyList<Block> blocks)
    {
        var usings = new StringBuilder();
        var statements = new StringBuilder();
        var types = new StringBuilder();
        foreach (var name in ImplicitUsings)
        {
            usings.Append(CultureInfo.InvariantCulture, $"global using {name};\n");
        }

        foreach (var block in blocks)
        {
            var root = CSharpSyntaxTree.ParseText(block.Text).GetCompilationUnitRoot();
            foreach (var directive in root.Usings)
            {
                Append(usings, directive, path, block);
            }

            foreach (var member in root.Members)
            {
                Append(member is GlobalStatementSyntax ? statements : types, member, path, block);
            }

            statements.Append(CultureInfo.InvariantCulture, $"Console.Out.Write(\"\\u{(int)EndOfBlock[0]:x4}\");\n");
        }

        return $"{usings}{statements}{types}";
    }

    private static void Append(StringBuilder text, CSharpSyntaxNode node, string path, Block block)
    {
        // The text with its comments; the line is that of the first of them.
        var line = block.FirstLine + node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
        text.Append(CultureInfo.InvariantCulture, $"#line {line} \"{path}\"\n{node.ToFullString()}\n#line default\n");
    }
}
