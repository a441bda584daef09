using System.Runtime.CompilerServices;

namespace GraphCompiler.Runtime.Tests.Running;

/// <summary>A second program on the memory of an execution.</summary>
public sealed class CompanionTests
{
    [Test]
    public void Run_FedExecution_WritesItsOutputs()
    {
        using var execution = new Execution(Programs.Double(), workers: 2);
        var companion = execution.Accompany(Programs.Double(Negate));
        execution.Feed<float>("x", [1, 2, 3, 4]);
        companion.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new[] { -1f, -2, -3, -4 }));
        execution.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new[] { 2f, 4, 6, 8 }));
        execution.Feed<float>("x", [1, 2, 3, 4, 5, 6, 7, 8]);
        companion.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new[] { -1f, -2, -3, -4, -5, -6, -7, -8 }));
    }

    [Test]
    public void Run_NotFed_SaysSo()
    {
        using var execution = new Execution(Programs.Double());
        var companion = execution.Accompany(Programs.Double(Negate));
        Assert.That(Assert.Throws<GraphException>(companion.Run)!.Id, Is.EqualTo("GRC0408"));
        execution.Bind("batch", 1);
        Assert.That(Assert.Throws<GraphException>(companion.Run)!.Id, Is.EqualTo("GRC0443"));
        Assert.That(execution.ValueOf("batch"), Is.EqualTo(1));
    }

    [Test]
    public void Run_AfterTheExecutionIsDisposed_Throws()
    {
        var execution = new Execution(Programs.Double());
        var companion = execution.Accompany(Programs.Double(Negate));
        execution.Feed<float>("x", [1, 2, 3, 4]);
        execution.Dispose();
        Assert.Throws<ObjectDisposedException>(companion.Run);
        Assert.Throws<ObjectDisposedException>(() => execution.Accompany(Programs.Double()));
    }

    [Test]
    public void Run_InsideARunOfTheExecution_IsRefused()
    {
        Companion? companion = null;
        using var execution = new Execution(Programs.Double((in _) => companion!.Run()), workers: 1);
        companion = execution.Accompany(Programs.Double(Negate));
        execution.Feed<float>("x", [1, 2, 3, 4]);
        Assert.That(Assert.Throws<GraphException>(execution.Run)!.Id, Is.EqualTo("GRC0409"));
    }

    [Test]
    public void Accompany_OtherInputs_IsRefused()
    {
        using var execution = new Execution(Programs.Double());
        Assert.Throws<ArgumentException>(() => execution.Accompany(Programs.OfShape([new("batch", 64)], Programs.Of([0]), Programs.Of(5L))));
        Assert.That(
            Assert.Throws<GraphException>(() => execution.Accompany(Programs.OfShape([new("rows", 64)], Programs.Of([0]), Programs.Of(4L))))!.Id,
            Is.EqualTo("GRC0404"));
    }

    [Test]
    public void ValueOf_NoValueOrNoSymbol_SaysSo()
    {
        using var execution = new Execution(Programs.Double());
        Assert.That(Assert.Throws<GraphException>(() => execution.ValueOf("batch"))!.Id, Is.EqualTo("GRC0408"));
        Assert.That(Assert.Throws<GraphException>(() => execution.ValueOf("bath"))!.Id, Is.EqualTo("GRC0404"));
    }

    private static void Negate(in Worker w)
    {
        var (begin, end) = Runtime.Threading.Partition.Of(4 * w.Symbol(0), 4, w.Index, w.Count);
        for (var i = begin; i < end; i++)
        {
            Unsafe.Add(ref w.Float32(1), i) = -Unsafe.Add(ref w.Float32(0), i);
        }
    }
}
