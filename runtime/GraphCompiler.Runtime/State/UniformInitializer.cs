using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.State;

/// <summary>Uniform in [low, high).</summary>
internal sealed record UniformInitializer(double Low, double High, long Seed) : RandomInitializer(Seed)
{
    private protected override double Draw(ulong bits) => Philox.UniformDouble(bits);

    private protected override (double Offset, double Scale) Spread(ReadOnlySpan<long> shape) => (Low, High - Low);
}
