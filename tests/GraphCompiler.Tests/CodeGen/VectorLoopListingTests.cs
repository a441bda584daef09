using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Tests.CodeGen;

/// <summary>
/// Pointwise and row kernels as the JIT compiles them: vector math inlined whole, loops without calls, and values in
/// registers. A new kernel is a line here and a graph in the host's VectorLoops.
/// </summary>
public sealed class VectorLoopListingTests
{
    /// <summary>Kernels, and how many accesses to the stack their loops may have on 16 registers of 256 bits, without
    /// constants as broadcast operands; where there is AVX-512, AVX2 kernels have 32 registers and need none.</summary>
    private static readonly (string Kernel, int Avx2Spills)[] Kernels =
    [
        ("Affine", 0), ("Gelu", 0), ("GeluBackward", 0), ("Softmax", 7), ("Adam", 0), ("Lstm", 4),
    ];

    private static readonly Lazy<JitListing> Listing = new(static () => JitListing.Of(["GraphCompiler.Generated.Avx*:*"], "vectors"));

    [Test]
    public void Loops_OfAKernel_StayInRegisters(
        [Values(KernelTarget.Avx512, KernelTarget.Avx2)] KernelTarget target, [Range(0, 5)] int index)
    {
        Assume.That(target == KernelTarget.Avx512 ? Vec512.IsSupported : Vec256.IsSupported, "this machine lacks the target");
        var (kernel, spills) = Kernels[index];
        var methods = Listing.Value.Methods.Where(m => m.Name.Contains($".{target}{kernel}:", StringComparison.Ordinal) && !m.Name.Contains(":Run(", StringComparison.Ordinal)).ToArray();
        Assert.That(methods, Is.Not.Empty, () => "compiled were " + string.Join(", ", Listing.Value.Methods.Select(static m => m.Name)));
        var register = target == KernelTarget.Avx512 ? "zmm" : "ymm";
        var loops = methods.SelectMany(m => m.InnerLoops().Where(l => IsLoop(l, register)).Select(l => (Method: m, Lines: l))).ToArray();
        Assert.That(loops, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods.SelectMany(static m => m.Lines).Where(IsInlinedElsewhere), Is.Empty, "not inlined");
            Assert.That(methods.SelectMany(static m => m.Lines).Where(static line => line.Contains("RNGCHKFAIL", StringComparison.Ordinal)), Is.Empty, "bounds checks");
            Assert.That(loops.SelectMany(static l => l.Lines).Where(static line => line.Contains(" call ", StringComparison.Ordinal)), Is.Empty, "calls");
            Assert.That(loops.Sum(static l => l.Lines.Count(l.Method.IsSpill)), Is.LessThanOrEqualTo(Vec512.IsSupported ? 0 : spills), "spills");
        }
    }

    // The JIT of .NET 10 mixes up mask registers that it kept over a call: it must have none to keep.
    [Test]
    public void EndsOfLines_WithCalls_KeepNoMasks([Values(KernelTarget.Avx512, KernelTarget.Avx2)] KernelTarget target)
    {
        Assume.That(Vec512.IsSupported, "this machine has no mask registers");
        var methods = Listing.Value.Methods.Where(m => m.Name.Contains($".{target}Columns:", StringComparison.Ordinal)).ToArray();
        var called = methods.Where(static m => m.Lines.Any(static l => l.Contains("Vectors.Call", StringComparison.Ordinal))).ToArray();
        Assert.That(called, Is.Not.Empty);
        Assert.That(called.SelectMany(static m => m.Lines.Where(l => l.Contains("kmov", StringComparison.Ordinal) && m.IsSpill(l))), Is.Empty);
    }

    // Main loops. Their end compares: a jump back without is from code that was moved out of the way. What they leave is
    // loaded with the lanes beyond the end zeroed.
    private static bool IsLoop(string[] lines, string register) =>
        !lines[^1].Contains(" jmp ", StringComparison.Ordinal) && lines.Any(line => line.Contains($"vmovups  {register}", StringComparison.Ordinal))
        && !lines.Any(static line => line.Contains("{z}", StringComparison.Ordinal));

    // What is meant to be called is in the classes Call256 and so on.
    private static bool IsInlinedElsewhere(string line) =>
        line.Contains(" call ", StringComparison.Ordinal) && line.Contains("Runtime.Vectors", StringComparison.Ordinal)
        && !line.Contains("Vectors.Call", StringComparison.Ordinal);
}
