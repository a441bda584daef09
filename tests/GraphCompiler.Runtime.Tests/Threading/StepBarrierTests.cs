using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime.Tests.Threading;

[CancelAfter(60_000)]
public sealed class StepBarrierTests
{
    [Test]
    public void Wait_ThousandsOfPhases_NobodyRunsAhead([Values(1, 2, 3, 5)] int workers)
    {
        const int Phases = 5000;
        using var team = new WorkerTeam(workers);
        var barrier = new StepBarrier();
        var phases = new int[workers];
        team.Run(
            new DelegateBody((worker, _) =>
            {
                for (var phase = 1; phase <= Phases; phase++)
                {
                    phases[worker] = phase;
                    barrier.Wait();
                    foreach (var other in phases)
                    {
                        if (other != phase)
                        {
                            throw new InvalidOperationException($"worker {worker} in phase {phase} met one in {other}");
                        }
                    }

                    barrier.Wait();
                }
            }),
            workers,
            barrier);
        Assert.That(phases, Is.All.EqualTo(Phases));
    }

    [Test]
    public void Wait_PartnersComeLate_SleepersAreWoken()
    {
        using var team = new WorkerTeam(4);
        var barrier = new StepBarrier();
        var passed = 0;
        team.Run(
            new DelegateBody((worker, _) =>
            {
                for (var i = 0; i < 20; i++)
                {
                    if (worker == i % 4)
                    {
                        // Far longer than the others poll.
                        Thread.SpinWait(20_000);
                    }

                    barrier.Wait();
                    Interlocked.Increment(ref passed);
                }
            }),
            4,
            barrier);
        Assert.That(passed, Is.EqualTo(80));
    }

    [Test]
    public void Abort_BeforeWait_ThrowsUntilReset()
    {
        var barrier = new StepBarrier(2);
        barrier.Abort();
        Assert.That(barrier.Wait, Throws.TypeOf<StepAbortedException>());
        Assert.That(barrier.Wait, Throws.TypeOf<StepAbortedException>());
        barrier.Reset(1);
        Assert.That(barrier.Wait, Throws.Nothing);
    }

    [Test]
    public void Abort_WhileOthersWait_ReleasesThemAll()
    {
        var barrier = new StepBarrier(4);
        var released = 0;
        var waiters = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            try
            {
                barrier.Wait();
            }
            catch (StepAbortedException)
            {
                Interlocked.Increment(ref released);
            }
        })).ToList();
        waiters.ForEach(thread => thread.Start());
        Thread.SpinWait(10_000);
        barrier.Abort();
        waiters.ForEach(thread => thread.Join());
        Assert.That(released, Is.EqualTo(3));
    }

    [Test]
    public void Abort_ByTheBodyItself_SurfacesWhenNothingElseFailed()
    {
        using var team = new WorkerTeam(2);
        var barrier = new StepBarrier();
        Assert.That(
            () => team.Run(new DelegateBody((worker, _) =>
            {
                if (worker == 0)
                {
                    barrier.Abort();
                }

                barrier.Wait();
            }), 2, barrier),
            Throws.TypeOf<StepAbortedException>());
    }

    [Test]
    public void Reset_NoParticipants_Throws() =>
        Assert.That(() => new StepBarrier(0), Throws.TypeOf<ArgumentOutOfRangeException>());
}
