using System.Collections.Immutable;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime.Tests.State;

public sealed class InitTests
{
    [Test]
    public void Zeros_EveryType_IsZero()
    {
        using var variables = new Variables();
        Assert.That(Fill<float>(variables, Init.Zeros, 5), Is.All.Zero);
        Assert.That(Fill<double>(variables, Init.Zeros, 5), Is.All.Zero);
        Assert.That(Fill<int>(variables, Init.Zeros, 5), Is.All.Zero);
        Assert.That(Fill<bool>(variables, Init.Zeros, 5), Is.All.False);
    }

    [Test]
    public void Constant_EveryType_IsTheValue()
    {
        using var variables = new Variables();
        Assert.That(Fill<float>(variables, Init.Constant(0.1), 5), Is.All.EqualTo(0.1f));
        Assert.That(Fill<double>(variables, Init.Constant(0.1), 5), Is.All.EqualTo(0.1));
        Assert.That(Fill<int>(variables, Init.Constant(int.MinValue), 5), Is.All.EqualTo(int.MinValue));
        Assert.That(Fill<bool>(variables, Init.Constant(1), 5), Is.All.True);
        Assert.That(Fill<float>(variables, Init.Constant(-0.0), 3).Select(float.IsNegative), Is.All.True);
        Assert.That(Fill<float>(variables, Init.Constant(double.NaN), 3), Is.All.NaN);
    }

    [Test]
    public void Values_GivenElements_AreThemInOrder()
    {
        using var variables = new Variables();
        Assert.That(Fill<float>(variables, Init.Values(1.5f, 2.5f), 2), Is.EqualTo(new[] { 1.5f, 2.5f }));
        Assert.That(Fill<double>(variables, Init.Values(0.1, 0.2), 2), Is.EqualTo(new[] { 0.1, 0.2 }));
        Assert.That(Fill<int>(variables, Init.Values(1, -2, 3), 3), Is.EqualTo(new[] { 1, -2, 3 }));
        Assert.That(Fill<bool>(variables, Init.Values(1, 0), 2), Is.EqualTo(new[] { true, false }));
        Assert.That(Fill<float>(variables, Init.Values(Array.Empty<float>()), 0), Is.Empty);
    }

    [Test]
    public void Fill_ValuesThatDoNotFit_SaySo()
    {
        using var variables = new Variables();
        Assert.Multiple(() =>
        {
            Misfit(() => Fill<int>(variables, Init.Constant(0.5), 1));
            Misfit(() => Fill<int>(variables, Init.Constant(1e10), 1));
            Misfit(() => Fill<int>(variables, Init.Constant(double.NaN), 1));
            Misfit(() => Fill<bool>(variables, Init.Constant(2), 1));
            Misfit(() => Fill<int>(variables, Init.Uniform(0, 1, 1), 1));
            Misfit(() => Fill<bool>(variables, Init.Normal(0, 1, 1), 1));
            Misfit(() => Fill<float>(variables, Init.Values(1, 2, 3), 2));
            Misfit(() => Fill<int>(variables, Init.Values(1.5), 1));
        });
        Assert.That(variables, Is.Empty);
    }

    [Test]
    public void Factories_ImpossibleArguments_SaySo()
    {
        Assert.Multiple(() =>
        {
            Misfit(() => Init.Uniform(1, 0, 1));
            Misfit(() => Init.Uniform(0, double.PositiveInfinity, 1));
            Misfit(() => Init.Uniform(double.MinValue, double.MaxValue, 1));
            Misfit(() => Init.Normal(0, -1, 1));
            Misfit(() => Init.Normal(double.NaN, 1, 1));
        });
    }

    [Test]
    public void Random_SameSeedAndName_IsTheSameInAnyOrderAndType()
    {
        var info = new VariableInfo("w", DType.Float64, [1001], Init.Normal(0, 1, 5));
        using var first = new Variables();
        using var second = new Variables();
        second.GetOrAdd(info with { Name = "before" });
        var expected = first.GetOrAdd(info).Read<double>();
        Assert.That(second.GetOrAdd(info).Read<double>(), Is.EqualTo(expected));

        using var single = new Variables();
        var rounded = single.GetOrAdd(info with { Type = DType.Float32 }).Read<float>();
        Assert.That(rounded, Is.EqualTo(Array.ConvertAll(expected, value => (float)value)));
    }

    [Test]
    public void Random_OtherSeedOrName_Differs()
    {
        using var variables = new Variables();
        var info = new VariableInfo("a", DType.Float32, [100], Init.Glorot(5));
        var a = variables.GetOrAdd(info).Read<float>();
        var b = variables.GetOrAdd(info with { Name = "b" }).Read<float>();
        var c = variables.GetOrAdd(info with { Name = "c", Init = Init.Glorot(6) }).Read<float>();
        Assert.That(a.Zip(b).Count(pair => pair.First == pair.Second), Is.LessThan(3));
        Assert.That(b.Zip(c).Count(pair => pair.First == pair.Second), Is.LessThan(3));
    }

    [TestCase(new long[] { 300, 200 }, 300, 200)]
    [TestCase(new long[] { 3, 3, 30, 20 }, 270, 180)]
    [TestCase(new long[] { 5000 }, 5000, 5000)]
    public void GlorotAndHe_Shape_SpreadByTheFans(long[] shape, double fanIn, double fanOut)
    {
        using var variables = new Variables();
        var info = new VariableInfo("g", DType.Float64, [.. shape], Init.Glorot(1));
        var glorot = variables.GetOrAdd(info).Read<double>();
        var he = variables.GetOrAdd(info with { Name = "h", Init = Init.He(1) }).Read<double>();
        var limit = Math.Sqrt(6 / (fanIn + fanOut));
        Assert.That(glorot, Is.All.InRange(-limit, limit));
        Assert.That(glorot.Max(), Is.EqualTo(limit).Within(0.01 * limit));
        Assert.That(he.Average(x => x * x), Is.EqualTo(2 / fanIn).Within(0.15 / fanIn));
    }

    [Test]
    public void Random_EmptyAndScalar_AreFine()
    {
        using var variables = new Variables();
        var empty = new VariableInfo("e", DType.Float32, [0, 4], Init.Glorot(1));
        Assert.That(variables.GetOrAdd(empty).Read<float>(), Is.Empty);
        var scalar = new VariableInfo("s", DType.Float32, [], Init.He(1));
        Assert.That(variables.GetOrAdd(scalar).Read<float>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Equals_SameContent_IsEqual()
    {
        Assert.That(Init.Values(1f, 2f), Is.EqualTo(Init.Values(1.0, 2.0)));
        Assert.That(Init.Values(1f, 2f).GetHashCode(), Is.EqualTo(Init.Values(1.0, 2.0).GetHashCode()));
        Assert.That(Init.Values(0.0), Is.Not.EqualTo(Init.Values(-0.0)));
        var notANumber = double.NaN;
        Assert.That(Init.Constant(double.NaN), Is.EqualTo(Init.Constant(notANumber)));
        Assert.That(Init.Constant(0), Is.Not.EqualTo(Init.Constant(-0.0)));
        Assert.That(Init.Normal(0, 1, 2), Is.EqualTo(Init.Normal(0.0, 1.0, 2L)));
        Assert.That(Init.Glorot(2), Is.Not.EqualTo(Init.He(2)));
    }

    private static T[] Fill<T>(Variables variables, Initializer init, long count) where T : unmanaged
    {
        var name = $"v{variables.Count}";
        ImmutableArray<long> shape = [count];
        return variables.GetOrAdd(new VariableInfo(name, DTypes.Of<T>(), shape, init)).Read<T>();
    }

    private static void Misfit(Action action) =>
        Assert.That(action, Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0425"));
}
