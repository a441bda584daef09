namespace GraphCompiler.Runtime.State;

/// <summary>All elements the same.</summary>
internal sealed record ConstantInitializer(double Value) : Initializer
{
    internal override void Fill(InitializerTarget target)
    {
        if (!target.Holds(Value))
        {
            throw target.Misfit($"Init.Constant({Value:R}) requires a variable that can hold this number exactly");
        }

        // New memory is zero already; −0 is another number.
        if (BitConverter.DoubleToInt64Bits(Value) == 0)
        {
            return;
        }

        for (long i = 0; i < target.Count; i++)
        {
            target.Set(i, Value);
        }
    }

    public bool Equals(ConstantInitializer? other) =>
        other is not null && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

    public override int GetHashCode() => BitConverter.DoubleToInt64Bits(Value).GetHashCode();
}
