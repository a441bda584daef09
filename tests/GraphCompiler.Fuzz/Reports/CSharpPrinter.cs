using System.Globalization;
using System.Reflection;
using System.Text;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Operators;

namespace GraphCompiler.Fuzz.Reports;

/// <summary>
/// A case as C# that rebuilds it, node by node. Operators without attributes are written as their method; others as what
/// they are, records with arguments, so that no operator needs an entry here. It compiles where the compiler's internals
/// can be seen: as a test of this repository.
/// </summary>
internal static class CSharpPrinter
{
    /// <summary>Arrays longer than this are left to the seed.</summary>
    private const int MostValues = 600;

    private static readonly Dictionary<string, MethodInfo> Methods = typeof(Op).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .GroupBy(static m => m.Name).Where(static g => g.Count() == 1).ToDictionary(static g => g.Key, static g => g.Single());

    /// <summary>The using directives that what is printed needs.</summary>
    public static string Usings => string.Concat(
        new[] { "System", "System.Collections.Generic", "GraphCompiler", "GraphCompiler.Kernels", "GraphCompiler.Operators", "GraphCompiler.Runtime", "GraphCompiler.Runtime.State" }
            .Select(static name => $"using {name};\n"));

    /// <summary>The graph as the variable <c>graph</c>, and the runs as <c>runs</c>: symbols and leaves by name.</summary>
    public static string Print(FuzzCase fuzz)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"// {fuzz.Configuration}\n");
        text.Append(Graph(fuzz.Steps, fuzz.Configuration.ReturnsEveryNode));
        text.Append("var runs = new[]\n{\n");
        var leaves = fuzz.Steps.Build(everyNode: false).Graph.Leaves.Keys.ToHashSet();
        foreach (var run in fuzz.Runs)
        {
            text.Append("    new Dictionary<string, double[]>\n    {\n");
            foreach (var (symbol, value) in run.Symbols)
            {
                text.Append(CultureInfo.InvariantCulture, $"        [{CSharpLiteral.Of("symbol " + symbol)}] = [{value}],\n");
            }

            foreach (var (leaf, array) in run.Leaves.Where(l => leaves.Contains(l.Key)))
            {
                var values = array.Data.Length > MostValues ? $" /* {array.Data.Length} values of the seed */ " : string.Join(", ", array.Data.Select(static v => CSharpLiteral.Of(v)));
                text.Append(CultureInfo.InvariantCulture, $"        [{CSharpLiteral.Of(leaf)}] = [{values}],\n");
            }

            text.Append("    },\n");
        }

        return text.Append("};\n").ToString();
    }

    /// <summary>The graph alone, as the variable <c>graph</c>.</summary>
    public static string Graph(GraphSteps steps, bool everyNode)
    {
        var text = new StringBuilder();
        var built = steps.Build(everyNode);
        text.Append(CultureInfo.InvariantCulture, $"var graph = new Graph({CSharpLiteral.Of(steps.Name)});\n");
        foreach (var symbol in CSharpLiteral.SymbolsOf(steps))
        {
            text.Append(CultureInfo.InvariantCulture, $"var {CSharpLiteral.NameOf(symbol)} = Dim.Symbol({CSharpLiteral.Of(symbol.Name)}, {symbol.Max});\n");
        }

        var names = new Dictionary<Tensor, string>();
        for (var i = 0; i < steps.Steps.Length; i++)
        {
            var results = built.Results[i];
            names[results[0]] = $"t{i}";
            var isMany = results.Length > 1;
            text.Append(CultureInfo.InvariantCulture, $"var t{i} = {Node(steps.Steps[i], isMany)};{(isMany ? "" : $" // {results[0].Type}")}\n");
            for (var r = 0; isMany && r < results.Length; r++)
            {
                names[results[r]] = $"t{i}[{r}]";
            }
        }

        foreach (var (name, tensor) in built.Graph.Outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"graph.Output({CSharpLiteral.Of(name)}, {names[tensor]});\n");
        }

        foreach (var (variable, value) in built.Graph.Updates)
        {
            text.Append(CultureInfo.InvariantCulture, $"graph.Update({names[variable]}, {names[value]});\n");
        }

        return text.ToString();

        string Node(Step step, bool isMany)
        {
            string[] operands = [.. step.Inputs.Select(p => names[built.Results[p.Step][p.Result]])];
            return step.Operator switch
            {
                InputOp input => $"graph.Input({CSharpLiteral.Of(input.LeafName)}, {CSharpLiteral.Of(input.Type.DType)}, {CSharpLiteral.Of(input.Type.Shape)})",
                VariableOp v => $"graph.{(v.IsState ? "State" : "Parameter")}({CSharpLiteral.Of(v.LeafName)}, {CSharpLiteral.Of(v.Type.DType)}, {CSharpLiteral.Of(v.Type.Shape)}, Init.Zeros)",
                ConstantOp { IsSplat: true, Type.Rank: 0 } c => $"graph.Constant({CSharpLiteral.Of(c.Value(0))}, {CSharpLiteral.Of(c.Type.DType)})",
                var op when MethodOf(op, operands.Length) is { } method => $"Op.{method}({string.Join(", ", operands)})",
                var op => $"graph.Add({CSharpLiteral.Of(op)}, [{string.Join(", ", operands)}], Origin.None).Results{(isMany ? "" : "[0]")}",
            };
        }
    }

    // The method that has the operator's name and takes nothing but its operands.
    private static string? MethodOf(Operator op, int operands)
    {
        var name = op.GetType().Name[..^"Op".Length];
        return CSharpLiteral.ArgumentsOf(op).Count == 0 && Methods.TryGetValue(name, out var method)
            && method.GetParameters() is var parameters && parameters.Count(static p => p.ParameterType == typeof(Tensor)) == operands
            && parameters.All(static p => p.ParameterType == typeof(Tensor) || p.Name is "file" or "line")
            ? name : null;
    }
}
