namespace GraphCompiler.Tests.Laws;

/// <summary>What an operator infers is what the family says, and what its definition fills.</summary>
public sealed class TypeLaw
{
    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Infer_EverySample_IsTheShapeOfTheFamilyAndOfTheResult(string name)
    {
        foreach (var sample in OperatorSamples.Named(name).Samples)
        {
            var scope = new SampleScope(sample);
            foreach (var (tensor, type, shape) in scope.Results)
            {
                Assert.That(tensor.Type, Is.EqualTo(new TensorType(type, scope.Dims(shape))), $"{sample}");
                foreach (var n in sample.Runs)
                {
                    var value = scope.Run(n).Evaluate(tensor);
                    Assert.That(value.Shape, Is.EqualTo(SampleScope.Actual(shape, n)), $"{sample}, n = {n}");
                    Assert.That(value.Type, Is.EqualTo(type), $"{sample}, n = {n}");
                }
            }
        }
    }

    [TestCaseSource(typeof(OperatorSamples), nameof(OperatorSamples.Names))]
    public void Samples_OfAnOperator_ContainIt(string name)
    {
        var samples = OperatorSamples.Named(name);
        if (samples.Operator is null)
        {
            return;
        }

        Assert.That(samples.Samples, Is.Not.Empty);
        // A family may build its own simplest form another way (a constant extent is a constant), but not all of them.
        Assert.That(samples.Samples.Count(s => new SampleScope(s).Graph.Nodes.Any(samples.IsSubject)),
            Is.GreaterThanOrEqualTo(samples.Samples.Count() / 2));
    }
}
