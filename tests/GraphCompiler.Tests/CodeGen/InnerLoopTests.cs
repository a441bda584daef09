using GraphCompiler.Compile;

namespace GraphCompiler.Tests.CodeGen;

/// <summary>
/// The loops in which time is spent, as the JIT compiles them: all arithmetic in registers. A new kernel is a line here and
/// a graph in the host's HotLoops.
/// </summary>
public sealed class InnerLoopTests
{
    /// <summary>Target, method, what else stands in the method's name, instruction, and how often it stands in the innermost loop.</summary>
    private static readonly (KernelTarget Target, string Method, string With, string Instruction, int Count)[] Loops =
    [
        (KernelTarget.Avx512, "Kernel", "Tile512:Kernel[float,GraphCompiler.Runtime.Tiles.Counts+Fourteen,GraphCompiler.Runtime.Tiles.Counts+Two,GraphCompiler.Runtime.Tiles.Edges+Whole]", "vfmadd", 28),
        (KernelTarget.Avx512, "Narrow", "Tile512:Narrow[float,GraphCompiler.Runtime.Tiles.Counts+Fourteen]", "vfmadd", 14),
        (KernelTarget.Avx512, "EightRows", "Tile512:EightRows[float]", "vfmadd", 8),
        (KernelTarget.Avx2, "Kernel", "Tile256:Kernel[float,GraphCompiler.Runtime.Tiles.Counts+Six,GraphCompiler.Runtime.Tiles.Counts+Two,GraphCompiler.Runtime.Tiles.Edges+Whole]", "vfmadd", 12),
        (KernelTarget.Avx2, "EightRows", "Tile256:EightRows[float]", "vfmadd", 8),
    ];

    private static readonly Lazy<JitListing> Listing = new(static () => JitListing.Of(Loops.Select(static l => l.Method), "loops"));

    private static IEnumerable<TestCaseData> Cases =>
        Loops.Select(static l => new TestCaseData(l.Target, l.With, l.Instruction, l.Count).SetArgDisplayNames(l.With.Replace("GraphCompiler.Runtime.Tiles.Counts+", "", StringComparison.Ordinal).Replace("GraphCompiler.Runtime.Tiles.Edges+", "", StringComparison.Ordinal)));

    [TestCaseSource(nameof(Cases))]
    public void InnerLoop_OfAHotKernel_StaysInRegisters(KernelTarget target, string with, string instruction, int count)
    {
        Assume.That(KernelTargets.Supported, Does.Contain(target), "this machine lacks the target");
        var method = Listing.Value.Methods.LastOrDefault(m => m.Name.Contains(with, StringComparison.Ordinal));
        Assert.That(method, Is.Not.Null, () => "compiled were " + string.Join(", ", Listing.Value.Methods.Select(static m => m.Name)));
        var loop = method!.InnerLoops().MaxBy(l => l.Count(line => line.Contains(instruction, StringComparison.Ordinal)));
        Assert.That(loop, Is.Not.Null, "a loop");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loop!.Count(line => line.Contains(instruction, StringComparison.Ordinal)), Is.EqualTo(count), instruction);
            Assert.That(loop!.Where(static line => line.Contains(" call ", StringComparison.Ordinal)), Is.Empty, "calls");
            Assert.That(loop!.Where(method.IsSpill), Is.Empty, "spills");
            Assert.That(method.Lines.Where(static line => line.Contains("CORINFO_HELP_RNGCHKFAIL", StringComparison.Ordinal)), Is.Empty, "bounds checks");
        }
    }
}
