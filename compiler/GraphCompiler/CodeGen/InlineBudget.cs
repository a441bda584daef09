using System.Diagnostics;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>
/// How much vector math the JIT still inlines into the method being written. It stops, silently, in a method that has
/// 512 locals, and then not at the next function but amid one, so that each of its operations becomes a call; every
/// inlined function leaves its temporaries. What the budget has no room for is called as a whole, which costs some 2 ns.
/// </summary>
internal sealed class InlineBudget
{
    /// <summary>Of the 512; the rest is for arithmetic, loads and stores, of which none takes more than 5.</summary>
    private const int Locals = 352;

    private int _used;

    /// <summary>Whether a function of vector math goes inline here; counts it if so.</summary>
    public bool Takes(UnaryMachineOp op, DType type)
    {
        var cost = CostOf(op, type);
        if (_used + cost > Locals)
        {
            return false;
        }

        _used += cost;
        return true;
    }

    // 512 by the number of calls from which on a method is not inlined whole (.NET 10): 17, 17, 16, 15 and 13 of
    // float32, 12, 16, 12, 11 and 6 of float64, on registers of any width.
    private static int CostOf(UnaryMachineOp op, DType type)
    {
        var isDouble = type == DType.Float64;
        return op switch
        {
            UnaryMachineOp.Exp => isDouble ? 42 : 30,
            UnaryMachineOp.Log => 32,
            UnaryMachineOp.Tanh => isDouble ? 42 : 32,
            UnaryMachineOp.Sigmoid => isDouble ? 46 : 34,
            UnaryMachineOp.Erf => isDouble ? 80 : 40,
            UnaryMachineOp.NormalCdf => isDouble ? 84 : 34,
            _ => throw new UnreachableException($"{op}"),
        };
    }
}
