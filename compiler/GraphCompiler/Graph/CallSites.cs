using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace GraphCompiler;

/// <summary>
/// Finds the call that a stack frame stands in. Optimised code maps back to IL only where the evaluation stack is empty,
/// and optimised IL keeps values on that stack across statements, so the offset that a frame reports may belong to an
/// earlier statement than its call. From there the IL is read up to the call, or to the next mapping.
/// </summary>
/// <remarks>
/// Reads metadata alone: nothing is loaded or resolved, whatever the caller refers to. Of several calls to one method between
/// two mappings the first is taken, as nothing tells them apart. An offset that is past the call, which the JIT may report
/// after it merged two statements, stays as it is.
/// </remarks>
internal static class CallSites
{
    /// <summary>
    /// The offset of the first call of a method of this library at or after <paramref name="start"/> and before the next
    /// mapping, or else <paramref name="start"/>.
    /// </summary>
    /// <param name="il">Body of the caller.</param>
    /// <param name="metadata">Metadata of the caller's module.</param>
    /// <param name="start">What the frame reported, in bytes.</param>
    /// <param name="called">Metadata name of the method that is called, such as <c>op_Addition</c>.</param>
    /// <exception cref="BadImageFormatException">The body is not IL.</exception>
    public static int Find(BlobReader il, MetadataReader metadata, int start, string called)
    {
        // The depth is relative to the start and right up to the next mapping, which is all that is read.
        var (depth, passedCall) = (0, false);
        var depthAt = new Dictionary<int, int>();
        for (il.Offset = start; il.RemainingBytes > 0;)
        {
            var instruction = Instruction.Read(ref il);
            depth = depthAt.GetValueOrDefault(instruction.Offset, depth);

            // A mapping without a call since the start would hold no return address: the JIT dropped it.
            if (depth == 0 && passedCall)
            {
                return start;
            }

            if (instruction.Code.FlowControl is FlowControl.Call)
            {
                var callee = Callee.Read(metadata, instruction.Operand);
                if (callee.IsOurs && callee.Name == called)
                {
                    return instruction.Offset;
                }

                depth = Math.Max(0, depth - callee.Pops(instruction.Code)) + callee.Pushes(instruction.Code);
                passedCall = true;
            }
            else
            {
                depth = Math.Max(0, depth - instruction.Pops) + instruction.Pushes;
            }

            foreach (var target in instruction.Targets)
            {
                depthAt.TryAdd(target, depth);
            }

            if (instruction.Code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
            {
                depth = 0; // unless a branch to what follows has said otherwise (ECMA-335 III.1.7.5)
            }
        }

        return start;
    }
}
