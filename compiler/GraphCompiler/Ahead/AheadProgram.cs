using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.Ahead;

/// <summary>One method that a user calls, <c>Run</c> or <c>Train</c>, generated for each target.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Variants">For each target, the class of its kernels and what is in it.</param>
/// <param name="Variables">The leaves behind variable slots, in the order of the slots.</param>
internal sealed record AheadProgram(
    string Method, ImmutableArray<AheadProgram.Variant> Variants, ImmutableArray<VariableOp> Variables)
{
    /// <summary>A program for one target.</summary>
    internal sealed record Variant(KernelTarget Target, string ClassName, ProgramMembers Members);

    /// <summary>Inputs, variables, constants and outputs are the same for all targets, in the same slots.</summary>
    public ProgramLayout Layout => Variants[0].Members.Layout;

    /// <summary>The values of each constant slot.</summary>
    public ImmutableArray<(int Slot, ReadOnlyMemory<double> Values)> Constants => Variants[0].Members.Constants;

    /// <summary>The class that chooses among targets.</summary>
    public string ClassName => $"{Method}Program";

    public static AheadProgram Of(
        Graph graph,
        string method,
        bool updates,
        ImmutableArray<KernelTarget> targets,
        SplitPolicy split,
        CancellationToken cancellation)
    {
        var variants = ImmutableArray.CreateBuilder<Variant>();
        foreach (var target in targets)
        {
            var className = $"{target}{method}";
            var style = new MemberStyle(IsUnchecked: true, [className, "Create", $"{method}Program", "CompiledProgram"]) { MapsLines = true };
            var options = new CompileOptions { Target = target, Updates = updates, Split = split, Debug = new DebugOptions() };
            variants.Add(new(target, className, Pipeline.Members(graph, options, style, cancellation).Members));
        }

        var program = new AheadProgram(method, variants.ToImmutable(), []);
        foreach (var variant in program.Variants)
        {
            var (first, other) = (Common(program.Layout), Common(variant.Members.Layout));
            if (!first.SequenceEqual(other))
            {
                throw new InternalCompilerException(
                    "Ahead", $"\"{graph.Name}\" has other slots for {variant.Target} than for {targets[0]}", string.Join('\n', other));
            }
        }

        return program with
        {
            Variables = [.. program.Layout.Slots.Where(static s => s.Kind == SlotKind.Variable).Select(s => (VariableOp)graph.Leaves[s.Name].Node.Operator)],
        };
    }

    // As text: records of arrays are compared by reference.
    private static IEnumerable<string> Common(ProgramLayout layout) =>
        layout.Symbols.Select(static symbol => symbol.ToString()).Concat(layout.Slots
            .Where(static slot => slot.Kind != SlotKind.Arena)
            .Select(slot => $"{slot.Kind} {slot.Name} {slot.Type} {layout.ShapeOf(slot)}"));
}
