using GraphCompiler.Runtime.Memory;
using GraphCompiler.Runtime.State;
using NUnit.Framework.Constraints;

namespace GraphCompiler.Runtime.Tests.State;

[NonParallelizable]
public sealed class VariablesTests
{
    private static readonly VariableInfo W = new("layer1/w", DType.Float32, [2, 3], Init.Values(1, 2, 3, 4, 5, 6));

    [Test]
    public void GetOrAdd_NewAndExisting_IsOneVariable()
    {
        using var variables = new Variables();
        var w = variables.GetOrAdd(W);
        w.Write(6f, 5, 4, 3, 2, 1);
        Assert.That(variables.GetOrAdd(W with { Init = Init.Zeros, IsState = true }), Is.SameAs(w));
        Assert.That(w.Read<float>(), Is.EqualTo(new[] { 6f, 5, 4, 3, 2, 1 }));
        Assert.That((long)w.Address % 64, Is.Zero);
        Assert.That((w.Name, w.Type, w.ElementCount), Is.EqualTo(("layer1/w", DType.Float32, 6L)));
        Assert.That(w.ToString(), Is.EqualTo("\"layer1/w\" float32 [2, 3]"));
        Assert.That(variables, Is.EqualTo(new[] { w }));
    }

    [Test]
    public void GetOrAdd_OtherTypeOrShape_NamesBoth()
    {
        using var variables = new Variables();
        variables.GetOrAdd(W);
        Assert.That(
            () => variables.GetOrAdd(W with { Shape = [3, 2] }),
            Error("GRC0420").And.Message.Contains("[2, 3]").And.Message.Contains("[3, 2]"));
        Assert.That(
            () => variables.GetOrAdd(W with { Type = DType.Float64 }),
            Error("GRC0420").And.Message.Contains("float64"));
    }

    [Test]
    public void GetOrAdd_ImpossibleName_SaysSo()
    {
        using var variables = new Variables();
        foreach (var name in new[] { "", "__metadata__", "half \ud800 a pair", "\udc00\ud800", "\ud800" })
        {
            Assert.That(() => variables.GetOrAdd(W with { Name = name }), Error("GRC0426"));
        }
    }

    [TestCase(-1L)]
    [TestCase(1L << 32, 1L << 32)]
    [TestCase(long.MaxValue)]
    [TestCase(long.MaxValue, long.MaxValue, 0L)]
    public void GetOrAdd_ImpossibleShape_SaysSo(params long[] shape)
    {
        using var variables = new Variables();
        Assert.That(() => variables.GetOrAdd(W with { Shape = [.. shape], Init = Init.Zeros }), Error("GRC0426"));
        Assert.That(() => variables.GetOrAdd(W with { Shape = default }), Error("GRC0426"));
    }

    [Test]
    public void GetOrAdd_MoreThanTheMemory_SaysSoAndAddsNothing()
    {
        using var variables = new Variables();
        Assert.That(() => variables.GetOrAdd(W with { Shape = [1L << 59], Init = Init.Zeros }), Error("GRC0410"));
        Assert.That(variables, Is.Empty);
    }

    [Test]
    public void Indexer_UnknownName_NamesTheNearest()
    {
        using var variables = new Variables();
        string[] names = ["layer1/w", "layer1/b", "layer2/w", "unrelated"];
        foreach (var name in names)
        {
            variables.GetOrAdd(W with { Name = name });
        }

        Assert.That(variables["layer2/w"].Name, Is.EqualTo("layer2/w"));
        Assert.That(() => variables["Layer1/W"], Error("GRC0423").And.Message.Contains("\"layer1/w\""));
        Assert.That(() => variables["b"], Error("GRC0423").And.Message.Contains("\"layer1/b\""));
        Assert.That(() => variables["xyzzy"], Error("GRC0423").And.Message.Not.Contains("did you mean"));
        Assert.That(variables.TryGet("none", out _), Is.False);
        Assert.That(variables.Select(variable => variable.Name), Is.EqualTo(names));
    }

    [Test]
    public void ReadAndWrite_WrongTypeOrLength_SaySo()
    {
        using var variables = new Variables();
        var w = variables.GetOrAdd(W);
        Assert.That(() => w.Read<double>(), Error("GRC0422"));
        Assert.That(() => w.Read<long>(), Error("GRC0401"));
        Assert.That(() => w.Read<float>(new float[5]), Error("GRC0421"));
        Assert.That(() => w.Write(new float[7]), Error("GRC0421"));
        Assert.That(() => w.Write(1, 2, 3, 4, 5, 6), Error("GRC0422"));
        Assert.That(w.Read<float>(), Is.EqualTo(new[] { 1f, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void Gate_TrainingRun_KeepsEverybodyElseOut()
    {
        using var variables = new Variables();
        var w = variables.GetOrAdd(W);
        variables.AcquireExclusive();
        Assert.Multiple(() =>
        {
            Assert.That(variables.AcquireExclusive, Error("GRC0424").And.Message.Contains("a training run is using"));
            Assert.That(variables.AcquireShared, Error("GRC0424"));
            Assert.That(() => w.Read<float>(), Error("GRC0424"));
            Assert.That(() => w.Write(new float[6]), Error("GRC0424"));
            Assert.That(() => variables.Save("never-written"), Error("GRC0424"));
            Assert.That(() => variables.Load("never-read"), Error("GRC0424"));
        });
        variables.ReleaseExclusive();
        Assert.That(w.Read<float>(), Has.Length.EqualTo(6));
    }

    [Test]
    public void Gate_InferenceRuns_OverlapButKeepTrainingOut()
    {
        using var variables = new Variables();
        var w = variables.GetOrAdd(W);
        variables.AcquireShared();
        variables.AcquireShared();
        Assert.That(w.Read<float>(), Has.Length.EqualTo(6));
        Assert.That(variables.AcquireExclusive, Error("GRC0424"));
        Assert.That(() => w.Write(new float[6]), Error("GRC0424"));
        variables.ReleaseShared();
        Assert.That(variables.AcquireExclusive, Error("GRC0424"));
        variables.ReleaseShared();
        variables.AcquireExclusive();
        variables.ReleaseExclusive();
    }

    [Test]
    public void Gate_ReleaseWithoutAcquire_Throws()
    {
        using var variables = new Variables();
        Assert.That(variables.ReleaseShared, Throws.InvalidOperationException);
        Assert.That(variables.ReleaseExclusive, Throws.InvalidOperationException);
        variables.AcquireShared();
        Assert.That(variables.ReleaseExclusive, Throws.InvalidOperationException);
        variables.ReleaseShared();
    }

    [Test]
    public void Gate_ManyThreads_NeverMeet()
    {
        using var variables = new Variables();
        var (writers, readers, clashes) = (0, 0, 0);
        var threads = Enumerable.Range(0, 4).Select(index => new Thread(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                try
                {
                    if (index == 0)
                    {
                        variables.AcquireExclusive();
                        Interlocked.Increment(ref writers);
                        Count(Volatile.Read(ref readers) != 0);
                        Interlocked.Decrement(ref writers);
                        variables.ReleaseExclusive();
                    }
                    else
                    {
                        variables.AcquireShared();
                        Interlocked.Increment(ref readers);
                        Count(Volatile.Read(ref writers) != 0);
                        Interlocked.Decrement(ref readers);
                        variables.ReleaseShared();
                    }
                }
                catch (GraphException e) when (e.Id == "GRC0424")
                {
                    Thread.Yield();
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(clashes, Is.Zero);

        void Count(bool clash)
        {
            if (clash)
            {
                Interlocked.Increment(ref clashes);
            }
        }
    }

    [Test]
    public void Gate_AcquireAndRelease_AllocatesNothing()
    {
        using var variables = new Variables();
        Cycle();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Cycle();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Cycle()
        {
            variables.AcquireExclusive();
            variables.ReleaseExclusive();
            variables.AcquireShared();
            variables.ReleaseShared();
        }
    }

    [Test]
    public void GetOrAdd_ManyThreads_AddsEachOnce()
    {
        using var variables = new Variables();
        Parallel.For(0, 400, i => variables.GetOrAdd(W with { Name = $"v{i % 40}" }));
        Assert.That(variables, Has.Count.EqualTo(40));
    }

    [Test]
    public void Dispose_Idle_FreesAndRefuses()
    {
        var live = AlignedBuffer.LiveBytes;
        var variables = new Variables();
        var w = variables.GetOrAdd(W);
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live + 24));
        variables.Dispose();
        variables.Dispose();
        Assert.That(AlignedBuffer.LiveBytes, Is.EqualTo(live));
        Assert.Multiple(() =>
        {
            Assert.That(() => w.Address, Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => w.Read<float>(), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => w.Write(new float[6]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => variables.GetOrAdd(W), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(variables.AcquireShared, Throws.TypeOf<ObjectDisposedException>());
            Assert.That(variables.AcquireExclusive, Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => variables.Save("x"), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => variables.Load("x"), Throws.TypeOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void Dispose_DuringARun_FreesWhenTheLastRunEnds()
    {
        var variables = new Variables();
        var w = variables.GetOrAdd(W);
        variables.AcquireShared();
        variables.AcquireShared();
        variables.Dispose();
        Assert.That(() => variables.AcquireShared(), Throws.TypeOf<ObjectDisposedException>());
        variables.ReleaseShared();
        Assert.That((long)w.Address, Is.Not.Zero);
        variables.ReleaseShared();
        Assert.That(() => w.Address, Throws.TypeOf<ObjectDisposedException>());
    }

    private static EqualStringConstraint Error(string id) =>
        Throws.TypeOf<GraphException>().With.Property("Id").EqualTo(id);
}
