using System.Collections;
using System.Collections.Immutable;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Reports;
using GraphCompiler.Operators;
using GraphCompiler.Reference;

namespace GraphCompiler.Fuzz.Shrinking;

/// <summary>Other extents for a whole graph, in leaves and in the attributes of operators.</summary>
internal static class ExtentMap
{
    /// <summary>The case with every extent mapped; values of leaves are those of the corner that is left.</summary>
    public static FuzzCase Apply(FuzzCase fuzz, Func<Dim, Dim> map)
    {
        var steps = fuzz.Steps with { Steps = [.. fuzz.Steps.Steps.Select(s => s with { Operator = (Operator)Mapped(s.Operator, map)! })] };
        var types = steps.Steps.Select(static s => s.Operator).OfType<InputOp>().Select(static o => (o.LeafName, o.Type))
            .Concat(steps.Steps.Select(static s => s.Operator).OfType<VariableOp>().Select(static o => (o.LeafName, o.Type)));
        return fuzz with
        {
            Steps = steps,
            Runs = [.. fuzz.Runs.Select(run => run with { Leaves = types.ToImmutableSortedDictionary(static t => t.LeafName, t => Corner(run.Leaves[t.LeafName], t.Type.Shape.Evaluate(run.ValueOf)), StringComparer.Ordinal) })],
        };
    }

    private static object? Mapped(object? value, Func<Dim, Dim> map) => value switch
    {
        Dim dim => map(dim),
        Shape shape => Shape.Create([.. shape.Select(map)]),
        TensorType type => type.With(Shape.Create([.. type.Shape.Select(map)])),
        ConstantOp { IsSplat: false } constant => constant,
        Operator op => CSharpLiteral.With(op, argument => Mapped(argument, map)),
        _ => value,
    };

    private static ReferenceArray Corner(ReferenceArray array, long[] shape)
    {
        var corner = new ReferenceArray(array.Type, shape);
        if (array.Rank == shape.Length && !array.Shape.Contains(0))
        {
            ReferenceArray.ForEach(shape, index => corner.At(index) = array.At([.. index.Select((i, axis) => i % array.Shape[axis])]));
        }

        return corner;
    }
}
