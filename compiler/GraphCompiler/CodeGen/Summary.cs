using System.Globalization;
using System.Text;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>What a program is made of, for a reader: parameters, kernels with flops and bytes, the memory plan.</summary>
internal static class Summary
{
    public static string Of(Graph graph, ExecutionSchedule schedule, IReadOnlyList<(Group Group, Kernel Kernel, string Method)> steps, MemoryPlan plan, int methods)
    {
        var text = new StringBuilder();
        var variables = schedule.Storage.Where(static s => s.Value.Kind == StorageKind.Variable).Select(static s => s.Value).Distinct().ToList();
        text.Append(CultureInfo.InvariantCulture, $"{Diagnostics.DisplayName.Of(graph.Name)}: {steps.Count} kernels in {methods} methods, figures at the bounds of all symbols\n\n");
        text.Append(CultureInfo.InvariantCulture, $"variables: {variables.Count}, {variables.Sum(static v => v.Type.Shape.ElementCount.Max):N0} elements, {variables.Sum(static v => v.Type.Bytes.Max):N0} bytes\n");
        foreach (var variable in variables)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Diagnostics.DisplayName.Of(variable.Name)}: {variable.Type}\n");
        }

        long allFlops = 0, allBytes = 0;
        text.Append("\nkernels:\n");
        for (var i = 0; i < steps.Count; i++)
        {
            var (flops, bytes) = (Flops(steps[i].Group), Bytes(steps[i].Kernel));
            (allFlops, allBytes) = (allFlops + flops, allBytes + bytes);
            var how = steps[i].Kernel.IsParallel ? "parallel" : "one worker";
            text.Append(CultureInfo.InvariantCulture, $"  {i,3} {steps[i].Method,-24} {steps[i].Group.Kind,-11} {flops,16:N0} flops {bytes,14:N0} bytes  {how}\n");
            foreach (var formula in steps[i].Kernel.Formulas.Take(12))
            {
                text.Append(CultureInfo.InvariantCulture, $"        {Diagnostics.DisplayName.Of(formula)}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"  all {allFlops:N0} flops, {allBytes:N0} bytes\n\nmemory: {plan}");
        return text.ToString();
    }

    /// <summary>Operations of all nodes at the bounds of all symbols.</summary>
    public static long Flops(Group group) => group.Nodes.Sum(static n => n.Operator.Cost(n).Flops.Max);

    /// <summary>Bytes that the kernel's operands take, each once.</summary>
    public static long Bytes(Kernel kernel) => kernel.Parameters.Sum(static p => p.Tensor.Type.Bytes.Max);
}
