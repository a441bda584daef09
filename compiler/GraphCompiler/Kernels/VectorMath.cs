namespace GraphCompiler.Kernels;

/// <summary>Machine operations that are calls into vector math: dozens of instructions, not one.</summary>
internal static class VectorMath
{
    public static bool IsFunction(this UnaryMachineOp op) =>
        op is UnaryMachineOp.Exp or UnaryMachineOp.Log or UnaryMachineOp.Tanh or UnaryMachineOp.Sigmoid or UnaryMachineOp.Erf or UnaryMachineOp.NormalCdf;

    public static bool IsFunction(this BinaryMachineOp op) => op is BinaryMachineOp.Pow;
}
