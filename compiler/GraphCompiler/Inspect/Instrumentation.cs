using GraphCompiler.CodeGen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GraphCompiler.Inspect;

/// <summary>
/// Generated source with a clock between the calls of its step: the first worker adds the ticks of each call to
/// <see cref="TicksField"/>, at the call's position.
/// </summary>
internal static class Instrumentation
{
    public const string TicksField = "Ticks";

    private const string ClockField = "Clock";
    private const string Now = "System.Diagnostics.Stopwatch.GetTimestamp()";

    /// <summary>The program with its clock, and the text of each call, in order.</summary>
    public static (GeneratedProgram Program, IReadOnlyList<string> Calls) Of(GeneratedProgram program)
    {
        var root = CSharpSyntaxTree.ParseText(program.Source).GetCompilationUnitRoot();
        var type = root.DescendantNodes().OfType<ClassDeclarationSyntax>().First();
        var calls = new List<string>();
        var steps = type.Members.OfType<MethodDeclarationSyntax>().Where(IsStep).ToList();
        var names = steps.Select(static s => s.Identifier.Text).ToHashSet();

        // Methods of a long step stand in the order of their calls; Run itself, before them, then only calls them.
        var timed = type.ReplaceNodes(steps, (step, _) => step.WithBody(WithClock(step, names, calls)));
        timed = timed.AddMembers(
            SyntaxFactory.ParseMemberDeclaration($"public static readonly long[] {TicksField} = new long[{calls.Count}];")!,
            SyntaxFactory.ParseMemberDeclaration($"private static long {ClockField};")!);
        return (program with { Source = root.ReplaceNode(type, timed).NormalizeWhitespace().ToFullString() }, calls);
    }

    private static bool IsStep(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters is [{ Type: IdentifierNameSyntax { Identifier.Text: "Worker" } }];

    private static BlockSyntax WithClock(MethodDeclarationSyntax step, HashSet<string> steps, List<string> calls)
    {
        var statements = new List<StatementSyntax> { SyntaxFactory.ParseStatement($"if (w.Index == 0) {ClockField} = {Now};") };
        foreach (var statement in step.Body!.Statements)
        {
            statements.Add(statement);
            var call = statement.DescendantNodes().OfType<InvocationExpressionSyntax>().First();
            if (!steps.Contains(call.Expression.ToString()))
            {
                statements.Add(SyntaxFactory.ParseStatement(
                    $"if (w.Index == 0) {{ long now = {Now}; {TicksField}[{calls.Count}] += now - {ClockField}; {ClockField} = now; }}"));
                calls.Add(call.Expression.ToString());
            }
        }

        return SyntaxFactory.Block(statements);
    }
}
