using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class MeanSamples : AxisCompositeSamples
{
    protected override bool Drops => true;

    protected override Tensor Apply(Tensor x, int axis) => x.Mean([axis]);

    // The law of sums, divided by n: 4·√n·ε·Σ|terms|/n; the mean of |x| is Σ|terms|/n, and n is at most 25 here.
    public override Tolerance Tolerance => new(ToleranceKind.SumOfTerms, 4 * 5);

    public override IEnumerable<Edge> Edges =>
        [new(DType.Float32, static x => x[0].Broadcast([0]).Mean(), [1], double.NaN), new(DType.Float64, static x => x[0].Broadcast([4]).Mean(), [3], 3)];
}
