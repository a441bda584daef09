namespace GraphCompiler.Reference;

/// <summary>What <see cref="Operators.Operator.Reference"/> sees: input values, zeroed results to fill, values of symbols.</summary>
internal sealed class ReferenceScope(Node node, ReferenceArray[] inputs, ReferenceArray[] outputs, Func<Symbol, long> symbols)
{
    public Node Node => node;

    public ReferenceArray[] Inputs => inputs;

    public ReferenceArray[] Outputs => outputs;

    /// <summary>The first input.</summary>
    public ReferenceArray X => inputs[0];

    /// <summary>The first result.</summary>
    public ReferenceArray Output => outputs[0];

    public long Evaluate(Dim dim) => dim.Evaluate(symbols);

    /// <summary>Fills the first result index by index.</summary>
    public void Fill(Func<long[], double> value) =>
        ReferenceArray.ForEach(Output.Shape, index => Output.At(index) = value(index));
}
