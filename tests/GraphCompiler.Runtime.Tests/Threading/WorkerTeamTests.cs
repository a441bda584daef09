using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime.Tests.Threading;

[CancelAfter(60_000)]
public sealed class WorkerTeamTests
{
    [Test]
    public void Run_EveryWorkerCount_ExecutesEachWorkerOnceOnAThreadOfItsOwn()
    {
        using var team = new WorkerTeam(5);
        for (var workers = 1; workers <= 7; workers++)
        {
            var expected = Math.Min(workers, team.Size);
            var threads = new int[team.Size];
            var counts = new int[team.Size];
            var took = team.Run(
                new DelegateBody((worker, of) =>
                {
                    Interlocked.Increment(ref counts[worker]);
                    threads[worker] = Environment.CurrentManagedThreadId;
                    Assert.That(of, Is.EqualTo(expected));
                }),
                workers);

            Assert.That(took, Is.EqualTo(expected));
            Assert.That(counts.Take(expected), Is.All.EqualTo(1));
            Assert.That(counts.Skip(expected), Is.All.Zero);
            Assert.That(threads[0], Is.EqualTo(Environment.CurrentManagedThreadId));
            Assert.That(threads.Take(expected), Is.Unique);
        }
    }

    [Test]
    public void Run_ThousandsOfSteps_EachSeesTheStepBefore()
    {
        using var team = new WorkerTeam(3);
        var sum = new long[3];
        for (var i = 0; i < 20_000; i++)
        {
            team.Run(new DelegateBody((worker, _) => sum[worker]++), 3);
            if (sum[0] != i + 1 || sum[1] != i + 1 || sum[2] != i + 1)
            {
                Assert.Fail($"step {i}: {sum[0]}, {sum[1]}, {sum[2]}");
            }
        }
    }

    [Test]
    public void Run_NestedInAStep_GoesSerially()
    {
        using var team = new WorkerTeam(2);
        var inner = new int[2];
        var serial = new DelegateBody((worker, workers) => Assert.That((worker, workers), Is.EqualTo((0, 1))));
        team.Run(new DelegateBody((worker, _) => inner[worker] = team.Run(serial, 2)), 2);
        Assert.That(inner, Is.EqualTo(new[] { 1, 1 }));
        Assert.That(team.Run(new DelegateBody((_, _) => { }), 2), Is.EqualTo(2));
    }

    [Test]
    public void Run_WhileAnotherThreadRuns_GoesSerially()
    {
        using var team = new WorkerTeam(2);
        using var running = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var other = new Thread(() => team.Run(new DelegateBody((_, _) =>
        {
            running.Set();
            release.Wait();
        }), 2));
        other.Start();
        running.Wait();
        var took = team.Run(new DelegateBody((_, _) => { }), 2);
        release.Set();
        other.Join();
        Assert.That(took, Is.EqualTo(1));
    }

    [Test]
    public void Run_ManyCallersAtOnce_AllDoTheirWork()
    {
        using var team = new WorkerTeam(3);
        var totals = new long[4];
        var callers = Enumerable.Range(0, 4).Select(caller => new Thread(() =>
        {
            var barrier = new StepBarrier();
            var parts = new long[3];
            for (var i = 0; i < 2000; i++)
            {
                team.Run(
                    new DelegateBody((worker, workers) =>
                    {
                        var (begin, end) = Partition.Of(100, 1, worker, workers);
                        parts[worker] = end - begin;
                        barrier.Wait();
                        if (worker == 0)
                        {
                            totals[caller] += parts.Take(workers).Sum();
                        }
                    }),
                    3,
                    barrier);
            }
        })).ToList();
        callers.ForEach(thread => thread.Start());
        callers.ForEach(thread => thread.Join());
        Assert.That(totals, Is.All.EqualTo(200_000));
    }

    [Test]
    public void Run_FailureInAnyWorker_SurfacesOnceWithItsStackAndTheTeamStaysUsable([Values(0, 1, 2)] int failing)
    {
        using var team = new WorkerTeam(3);
        var barrier = new StepBarrier();
        for (var i = 0; i < 300; i++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => team.Run(
                new DelegateBody((worker, _) =>
                {
                    barrier.Wait();
                    if (worker == failing)
                    {
                        Fail(i);
                    }

                    barrier.Wait();
                    barrier.Wait();
                }),
                3,
                barrier));
            Assert.That(error.Message, Is.EqualTo($"failure {i}"));
            Assert.That(error.StackTrace, Does.Contain(nameof(Fail)));

            var count = 0;
            team.Run(new DelegateBody((_, _) =>
            {
                Interlocked.Increment(ref count);
                barrier.Wait();
            }), 3, barrier);
            Assert.That(count, Is.EqualTo(3));
        }
    }

    [Test]
    public void Run_AllWorkersFail_SurfacesOneOfThem()
    {
        using var team = new WorkerTeam(3);
        Assert.That(
            () => team.Run(new DelegateBody((worker, _) => Fail(worker)), 3),
            Throws.TypeOf<InvalidOperationException>().With.Message.StartsWith("failure"));
        Assert.That(team.Run(new DelegateBody((_, _) => { }), 3), Is.EqualTo(3));
    }

    [Test]
    public void Run_InterruptedCaller_StillWaitsForItsWorkers()
    {
        using var team = new WorkerTeam(2);
        using var release = new ManualResetEventSlim();
        var caller = Thread.CurrentThread;
        var finished = false;
        team.Run(
            new DelegateBody((worker, _) =>
            {
                if (worker == 1)
                {
                    caller.Interrupt();
                    Thread.SpinWait(100_000);
                    Volatile.Write(ref finished, true);
                }
            }),
            2);
        Assert.That(finished);
        Assert.That(() => release.Wait(10_000), Throws.TypeOf<ThreadInterruptedException>());
    }

    // The pause is longer than the threads poll, so that parking and waking are measured too.
    [TestCase(10_000, 0)]
    [TestCase(200, 4_000)]
    public void Run_ManySteps_AllocatesNothingOnAnyThread(int steps, int pause)
    {
        using var team = new WorkerTeam(2);
        var barrier = new StepBarrier();
        var allocated = new long[2];
        var body = new DelegateBody((worker, _) =>
        {
            Thread.SpinWait(worker * pause);
            barrier.Wait();
            Thread.SpinWait(worker * pause);
            allocated[worker] = GC.GetAllocatedBytesForCurrentThread();
        });
        var before = new long[2];
        Steps();
        allocated.CopyTo(before, 0);
        Steps();
        Assert.That(allocated, Is.EqualTo(before));

        void Steps()
        {
            for (var i = 0; i < steps; i++)
            {
                Thread.SpinWait(pause);
                team.Run(body, 2, barrier);
            }
        }
    }

    [Test]
    public void Dispose_IdleTeam_EndsItsThreads()
    {
        var team = new WorkerTeam(4);
        team.Run(new DelegateBody((_, _) => { }), 3);
        Assert.That(team.LiveThreads, Is.EqualTo(2));
        team.Dispose();
        team.Dispose();
        Assert.That(team.LiveThreads, Is.Zero);
        Assert.That(() => team.Run(new DelegateBody((_, _) => { }), 2), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Dispose_WithinAStep_FinishesTheStepFirst()
    {
        var team = new WorkerTeam(2);
        var barrier = new StepBarrier();
        var count = 0;
        team.Run(
            new DelegateBody((_, _) =>
            {
                team.Dispose();
                barrier.Wait();
                Interlocked.Increment(ref count);
            }),
            2,
            barrier);
        Assert.That(count, Is.EqualTo(2));
        Assert.That(team.LiveThreads, Is.Zero);
    }

    [Test]
    public void Shared_Always_IsOneUsableTeamThatDisposeLeavesAlone()
    {
        var team = WorkerTeam.Shared;
        team.Dispose();
        Assert.That(WorkerTeam.Shared, Is.SameAs(team));
        Assert.That(team.Run(new DelegateBody((_, _) => { }), team.Size), Is.EqualTo(team.Size));
    }

    [TestCase(null, 0)]
    [TestCase("", 0)]
    [TestCase("3", 3)]
    [TestCase(" 1024 ", 1024)]
    public void SizeFrom_Setting_IsTheNumberOrOnePerProcessor(string? setting, int size) =>
        Assert.That(SharedTeam.SizeFrom(setting), Is.EqualTo(size == 0 ? Environment.ProcessorCount : size));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1025")]
    [TestCase("two")]
    [TestCase("99999999999999999999")]
    public void SizeFrom_NotANumberOfWorkers_SaysSo(string setting) =>
        Assert.That(
            () => SharedTeam.SizeFrom(setting),
            Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0412").And.Message.Contains(setting));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(WorkerTeam.MaxSize + 1)]
    public void Constructor_SizeOutOfRange_Throws(int size) =>
        Assert.That(() => new WorkerTeam(size), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static void Fail(int number) => throw new InvalidOperationException($"failure {number}");
}
