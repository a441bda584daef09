using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.State;

/// <summary>Normal with a given mean and deviation.</summary>
internal sealed record NormalInitializer(double Mean, double Deviation, long Seed) : RandomInitializer(Seed)
{
    private protected override double Draw(ulong bits) => Philox.Normal(bits);

    private protected override (double Offset, double Scale) Spread(ReadOnlySpan<long> shape) => (Mean, Deviation);
}
