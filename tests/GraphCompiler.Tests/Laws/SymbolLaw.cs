namespace GraphCompiler.Tests.Laws;

/// <summary>A symbolic extent computes what the constant that it stands for computes, bit for bit.</summary>
public sealed class SymbolLaw
{
    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Evaluate_SymbolicExtent_EqualsConstantExtent(string name)
    {
        foreach (var sample in OperatorSamples.Named(name).Samples.Where(static s => s.Extents.Length > 0))
        {
            var symbolic = new SampleScope(sample);
            foreach (var n in sample.Extents.Where(static n => n > 0))
            {
                var constant = new SampleScope(sample, extent: n);
                for (var i = 0; i < symbolic.Results.Count; i++)
                {
                    var actual = symbolic.Run(n).Evaluate(symbolic.Results[i].Tensor);
                    var expected = constant.Run(n).Evaluate(constant.Results[i].Tensor);
                    Assert.That(actual.Shape, Is.EqualTo(expected.Shape), $"{sample}, n = {n}");
                    Assert.That(Bits.FirstDifference(actual.Data, expected.Data), Is.Null, $"{sample}, n = {n}");
                }
            }
        }
    }
}
