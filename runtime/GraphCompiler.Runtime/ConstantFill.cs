namespace GraphCompiler.Runtime;

/// <summary>Copies a program's constants to an execution's memory.</summary>
internal static class ConstantFill
{
    public static void Run(CompiledProgram program, ExecutionMemory memory)
    {
        foreach (var (slot, values) in program.Constants)
        {
            var source = values.Span;
            switch (program.Layout.Slots[slot].Type)
            {
                case DType.Float32:
                    Convert(source, memory.Span<float>(slot, source.Length), static value => (float)value);
                    break;
                case DType.Float64:
                    source.CopyTo(memory.Span<double>(slot, source.Length));
                    break;
                case DType.Int32:
                    Convert(source, memory.Span<int>(slot, source.Length), static value => (int)value);
                    break;
                default:
                    Convert(source, memory.Span<bool>(slot, source.Length), static value => value != 0);
                    break;
            }
        }
    }

    private static void Convert<T>(ReadOnlySpan<double> source, Span<T> destination, Func<double, T> convert)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = convert(source[i]);
        }
    }
}
