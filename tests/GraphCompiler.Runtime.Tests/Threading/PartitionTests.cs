using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime.Tests.Threading;

public sealed class PartitionTests
{
    [Test]
    public void Of_EveryExtentGrainAndTeam_CoversExactlyInBalance()
    {
        for (var workers = 1; workers <= 9; workers++)
        {
            for (nint grain = 1; grain <= 17; grain++)
            {
                for (nint extent = 0; extent <= 150; extent++)
                {
                    Check(extent, grain, workers);
                }
            }
        }
    }

    [TestCase(1, 1)]
    [TestCase(16, 7)]
    [TestCase(long.MaxValue, 16)]
    [TestCase(1L << 62, 1024)]
    public void Of_LargestExtent_DoesNotOverflow(long grain, int workers) => Check(nint.MaxValue, (nint)grain, workers);

    [TestCase(-1, 1, 0, 1)]
    [TestCase(1, 0, 0, 1)]
    [TestCase(1, 1, 1, 1)]
    [TestCase(1, 1, -1, 1)]
    [TestCase(1, 1, 0, 0)]
    public void Of_ArgumentOutOfRange_Throws(int extent, int grain, int worker, int workers) =>
        Assert.That(() => Partition.Of(extent, grain, worker, workers), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static void Check(nint extent, nint grain, int workers)
    {
        nint next = 0;
        nint smallest = nint.MaxValue;
        nint largest = 0;
        for (var worker = 0; worker < workers; worker++)
        {
            var (begin, end) = Partition.Of(extent, grain, worker, workers);
            if (begin != next || end < begin || (begin % grain != 0 && begin != extent))
            {
                Assert.Fail($"{extent} in units of {grain}, {worker} of {workers}: [{begin}, {end}) after {next}");
            }

            next = end;
            var units = (end - begin) / grain + ((end - begin) % grain != 0 ? 1 : 0);
            smallest = Math.Min(smallest, units);
            largest = Math.Max(largest, units);
        }

        if (next != extent || largest - smallest > 1)
        {
            Assert.Fail($"{extent} in units of {grain}, {workers} workers: {next}, {smallest} to {largest} units");
        }
    }
}
