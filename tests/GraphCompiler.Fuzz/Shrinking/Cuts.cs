using System.Collections.Immutable;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Checks;
using GraphCompiler.Operators;
using GraphCompiler.Reference;

namespace GraphCompiler.Fuzz.Shrinking;

/// <summary>Ways to make a case smaller. Not each of what they offer is valid, nor fails.</summary>
internal static class Cuts
{
    public static IReadOnlyList<Func<FuzzCase, IEnumerable<FuzzCase>>> All { get; } =
        [Runs, Outputs, Updates, Nodes, Bypasses, Lifts, Settings, Symbols, Extents];

    /// <summary>One of the runs.</summary>
    private static IEnumerable<FuzzCase> Runs(FuzzCase fuzz) =>
        fuzz.Runs.Length > 1 ? fuzz.Runs.Select(run => fuzz with { Runs = [run] }) : [];

    /// <summary>One output alone, or one less.</summary>
    private static IEnumerable<FuzzCase> Outputs(FuzzCase fuzz)
    {
        var outputs = fuzz.Steps.Outputs;
        return outputs.Length <= 1 ? outputs.Length + fuzz.Steps.Updates.Length > 1 ? outputs.Select(o => With([])) : []
            : outputs.Select(o => With([o])).Concat(outputs.Select(o => With(outputs.Remove(o))));

        FuzzCase With(ImmutableArray<(string, Place)> some) => fuzz with { Steps = (fuzz.Steps with { Outputs = some }).Pruned() };
    }

    private static IEnumerable<FuzzCase> Updates(FuzzCase fuzz) =>
        fuzz.Steps.Updates.Select(u => fuzz with { Steps = (fuzz.Steps with { Updates = fuzz.Steps.Updates.Remove(u) }).Pruned() });

    /// <summary>A node becomes an input that is fed with its value: all that led to it is cut off.</summary>
    private static IEnumerable<FuzzCase> Nodes(FuzzCase fuzz)
    {
        var built = fuzz.Steps.Build(everyNode: false);
        var values = fuzz.Runs.Select(run => new Evaluator(run.Feeds(built.Graph), run.ValueOf)).ToArray();
        for (var i = fuzz.Steps.Steps.Length - 1; i >= 0; i--)
        {
            var step = fuzz.Steps.Steps[i];
            if (step.IsLeaf || built.Results[i].Length != 1 || step.Inputs.IsEmpty)
            {
                continue;
            }

            var (name, tensor) = ($"n{i}", built.Results[i][0]);
            while (built.Graph.Leaves.ContainsKey(name))
            {
                name += "'";
            }

            var steps = (fuzz.Steps with { Steps = fuzz.Steps.Steps.SetItem(i, new Step(new InputOp(name, tensor.Type), [])) }).Pruned();
            yield return fuzz with
            {
                Steps = steps,
                Runs = [.. fuzz.Runs.Zip(values, (run, value) => run with { Leaves = run.Leaves.SetItem(name, value.Evaluate(tensor)) })],
            };
        }
    }

    /// <summary>What an output returns becomes an operand of it; what an update stores becomes an output.</summary>
    private static IEnumerable<FuzzCase> Lifts(FuzzCase fuzz)
    {
        var steps = fuzz.Steps;
        for (var i = 0; i < steps.Outputs.Length; i++)
        {
            foreach (var operand in steps.Steps[steps.Outputs[i].Value.Step].Inputs.Where(p => !steps.Steps[p.Step].IsLeaf))
            {
                yield return fuzz with { Steps = (steps with { Outputs = steps.Outputs.SetItem(i, (steps.Outputs[i].Name, operand)) }).Pruned() };
            }
        }

        for (var i = 0; i < steps.Updates.Length; i++)
        {
            yield return fuzz with { Steps = (steps with { Outputs = steps.Outputs.Add(($"update {i}", steps.Updates[i].Value)), Updates = steps.Updates.RemoveAt(i) }).Pruned() };
        }
    }

    /// <summary>Whoever reads a node reads one of its operands of the same type, or one of theirs, instead.</summary>
    private static IEnumerable<FuzzCase> Bypasses(FuzzCase fuzz)
    {
        var built = fuzz.Steps.Build(everyNode: false);
        for (var i = fuzz.Steps.Steps.Length - 1; i >= 0; i--)
        {
            var nearest = fuzz.Steps.Steps[i].Inputs;
            foreach (var input in built.Results[i].Length == 1 ? nearest.Concat(nearest.SelectMany(p => fuzz.Steps.Steps[p.Step].Inputs)).Distinct() : [])
            {
                if (built.Results[input.Step][input.Result].Type == built.Results[i][0].Type)
                {
                    var at = i;
                    Place Redirect(Place p) => p.Step == at ? input : p;
                    var steps = fuzz.Steps with
                    {
                        Steps = [.. fuzz.Steps.Steps.Select(s => s with { Inputs = [.. s.Inputs.Select(Redirect)] })],
                        Outputs = [.. fuzz.Steps.Outputs.Select(o => (o.Name, Redirect(o.Value)))],
                        Updates = [.. fuzz.Steps.Updates.Select(u => (u.Variable, Redirect(u.Value)))],
                    };
                    yield return fuzz with { Steps = steps.Pruned() };
                }
            }
        }
    }

    /// <summary>The simplest configuration that still fails.</summary>
    private static IEnumerable<FuzzCase> Settings(FuzzCase fuzz)
    {
        var c = fuzz.Configuration;
        var best = new Configuration().Target;
        Configuration[] simpler =
        [
            c with { DisabledRule = null }, c with { Optimizes = false, DisabledRule = null }, c with { Workers = 1 }, c with { Workers = Math.Min(c.Workers, 2) },
            c with { OtherWorkers = 1 }, c with { OtherTarget = c.Target }, c with { SplitsAll = false }, c with { ReturnsEveryNode = false },
            c with { Target = best, OtherTarget = c.OtherTarget == c.Target ? best : c.OtherTarget },
        ];
        // Off is simpler than on, and one target than two, but never the other way round: it would go to and fro.
        return simpler.Where(s => s != c).Select(s => fuzz with { Configuration = s });
    }

    /// <summary>A symbol becomes the number that the first run gives it.</summary>
    private static IEnumerable<FuzzCase> Symbols(FuzzCase fuzz) =>
        fuzz.Runs.Length != 1 ? [] : Reports.CSharpLiteral.SymbolsOf(fuzz.Steps).Select(symbol => ExtentMap.Apply(
            fuzz, dim => dim.Symbols.Aggregate((Dim)dim.Factor, (d, s) => d * (s == symbol ? fuzz.Runs[0].ValueOf(s) : Dim.Symbol(s.Name, s.Max)))));

    /// <summary>One extent becomes smaller wherever it stands, also as a factor of others.</summary>
    private static IEnumerable<FuzzCase> Extents(FuzzCase fuzz)
    {
        var extents = fuzz.Steps.Steps.Where(static s => s.IsLeaf).SelectMany(static s => s.Operator is InputOp input ? input.Type.Shape : ((VariableOp)s.Operator).Type.Shape)
            .Where(static d => d.IsConstant && d.Factor > 1).Select(static d => d.Factor).Distinct().OrderDescending();
        return from extent in extents
               from smaller in new[] { 1, 2, 3, extent / 2, extent - 1 }.Where(n => n < extent && n > 0).Distinct()
               from multiples in new[] { true, false }
               select ExtentMap.Apply(fuzz, dim =>
                   dim.IsConstant && dim.Factor == extent ? smaller
                   : multiples && dim.Factor > extent && dim.TryDivide(extent, out var rest) ? rest * smaller
                   : dim);
    }
}
