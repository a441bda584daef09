using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>What differs between targets in generated code: the width of a register and the names that go with it.</summary>
/// <param name="Target">What the schedule was made for.</param>
/// <param name="Vector">The register type's class in the base library.</param>
/// <param name="Math">Runtime's vector math of that width.</param>
/// <param name="Tile">Runtime's register tiles of that width.</param>
/// <param name="Bytes">Of one register.</param>
internal sealed record CodeTarget(Target Target, string Vector, string Math, string Tile, int Bytes)
{
    /// <summary>Elements that a step of a pointwise loop takes at least; no bit depends on it.</summary>
    public int PointwiseLanes { get; init; } = 8;

    public static CodeTarget Avx512 { get; } = new(Target.Avx512, "Vector512", "Vec512", "Tile512", 64) { PointwiseLanes = 16 };

    public static CodeTarget Avx2 { get; } = new(Target.Avx2, "Vector256", "Vec256", "Tile256", 32);

    public static CodeTarget Portable { get; } = new(Target.Portable, "Vector128", "Vec128", "Tile128", 16);

    /// <summary>Runtime's functions of that width that are not inlined.</summary>
    public string Call { get; } = Math.Replace("Vec", "Call", StringComparison.Ordinal);

    /// <summary>In headers and cache keys.</summary>
    public string Name => Target.Name;

    public static CodeTarget Of(Target target) => new[] { Avx512, Avx2, Portable }.Single(c => c.Target == target);

    /// <summary>Registers that hold so many lanes of a type. A bool is a mask of 32-bit lanes.</summary>
    public int PartsOf(DType type, int lanes) => lanes * LaneBytes(type) / Bytes;

    /// <summary>Lanes in one register.</summary>
    public int LanesOf(DType type) => Bytes / LaneBytes(type);

    private static int LaneBytes(DType type) => type == DType.Float64 ? 8 : 4;
}
