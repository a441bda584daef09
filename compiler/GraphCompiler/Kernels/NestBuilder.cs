using System.Collections.Immutable;
using GraphCompiler.Schedule;

namespace GraphCompiler.Kernels;

/// <summary>Runs an operator's own loops on its operands in memory.</summary>
internal sealed class NestBuilder(ExecutionSchedule schedule, Group group) : KernelBuilder(schedule, group)
{
    public static Kernel Build(ExecutionSchedule schedule, Group group) => new NestBuilder(schedule, group).Finish();

    private Kernel Finish()
    {
        var node = Group.Nodes[0];
        var scope = new NestScope(node, Operand, [.. node.Results.Select(StoreBufferOf)]);
        Legal.Forms.Lowering<NestLowering>(node).Build(scope);
        foreach (var statement in scope.Statements)
        {
            statement.Node = node;
        }

        var isParallel = IsWorthSplitting() && scope.Statements is [ForStatement { Kind: LoopKind.Parallel }];
        return new Kernel(KernelName(), Parameters, [.. scope.Statements], 0, isParallel, Formulas());

        Operand Operand(int input)
        {
            var tensor = node.Inputs[input];
            return new(BufferOf(Legal.Places.SameMemory(tensor)), tensor.Shape.Strides(), ImmutableSum.Zero);
        }
    }
}
