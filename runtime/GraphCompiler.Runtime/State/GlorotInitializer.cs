using GraphCompiler.Runtime.Random;

namespace GraphCompiler.Runtime.State;

/// <summary>Uniform between ±√(6/(fanIn + fanOut)).</summary>
internal sealed record GlorotInitializer(long Seed) : RandomInitializer(Seed)
{
    private protected override double Draw(ulong bits) => Philox.UniformDouble(bits);

    private protected override (double Offset, double Scale) Spread(ReadOnlySpan<long> shape)
    {
        var fans = Fans.Of(shape);
        var limit = Math.Sqrt(6 / (fans.In + fans.Out));
        return (-limit, 2 * limit);
    }
}
