using GraphCompiler.Tool.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GraphCompiler.Tool.Reports;

/// <summary>Generated C#, coloured where there are colours.</summary>
internal static class SourceReport
{
    private const string Comment = "green4";
    private const string Keyword = "deepskyblue3_1";
    private const string Literal = "darkgoldenrod";
    private const string Type = "cyan3";
    private const string Method = "khaki3";

    public static void Print(string source, Terminal terminal)
    {
        if (!terminal.IsInteractive)
        {
            terminal.Output.Write(source.EndsWith('\n') ? source : source + "\n");
            return;
        }

        var line = new List<(string, string?)>();
        foreach (var (text, style) in Pieces(source))
        {
            var parts = text.Split('\n');
            for (var i = 0; i < parts.Length; i++)
            {
                if (i > 0)
                {
                    terminal.Line(line.ToArray());
                    line.Clear();
                }

                if (parts[i].Length > 0)
                {
                    line.Add((parts[i], style));
                }
            }
        }

        if (line.Count > 0)
        {
            terminal.Line(line.ToArray());
        }
    }

    private static IEnumerable<(string Text, string? Style)> Pieces(string source)
    {
        foreach (var token in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia)
            {
                yield return (trivia.ToFullString(), trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia) ? null : Comment);
            }

            yield return (token.Text, StyleOf(token));
            foreach (var trivia in token.TrailingTrivia)
            {
                yield return (trivia.ToFullString(), trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) ? Comment : null);
            }
        }
    }

    private static string? StyleOf(SyntaxToken token) => token switch
    {
        _ when token.IsKeyword() || token.Text == "nint" || (token.Text == "var" && token.Parent is IdentifierNameSyntax) => Keyword,
        _ when token.IsKind(SyntaxKind.NumericLiteralToken) || token.IsKind(SyntaxKind.StringLiteralToken) => Literal,
        _ when token.Parent is MethodDeclarationSyntax => Method,
        { Parent: IdentifierNameSyntax { Parent: InvocationExpressionSyntax } } => Method,
        { Parent: IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access } name } => access.Name == name ? Method : Type,
        _ when token.Parent is ClassDeclarationSyntax && token.IsKind(SyntaxKind.IdentifierToken) => Type,
        _ => null,
    };
}
