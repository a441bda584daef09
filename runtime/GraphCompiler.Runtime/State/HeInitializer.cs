using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.State;

/// <summary>Normal with mean 0 and deviation √(2/fanIn).</summary>
internal sealed record HeInitializer(long Seed) : RandomInitializer(Seed)
{
    private protected override double Draw(ulong bits) => Philox.Normal(bits);

    private protected override (double Offset, double Scale) Spread(ReadOnlySpan<long> shape) =>
        (0, Math.Sqrt(2 / Fans.Of(shape).In));
}
