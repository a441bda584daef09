using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>
/// A graph to be measured: how it is declared and fed, what one call is, what its time means, and what it computes.
/// </summary>
/// <param name="name">The first part of its metrics.</param>
internal abstract class Work(string name)
{
    public string Name => name;

    /// <summary>
    /// Bytes that a call moves at least, each input read once and each output written once; 0 where that is not what
    /// limits it.
    /// </summary>
    public virtual long MovedBytes => 0;

    /// <summary>Bytes of the memory that they lie in.</summary>
    public virtual long Footprint => MovedBytes;

    /// <summary>The same work on so little that the second-level cache holds it: what its arithmetic takes where memory takes
    /// nothing. Null where that is not asked.</summary>
    public virtual Work? Cached => null;

    public abstract Graph Declare();

    /// <summary>Gives inputs and parameters their values.</summary>
    public abstract void Feed(Session session);

    /// <summary>What is measured: a run, and whatever belongs to it.</summary>
    public virtual Action Call(Session session) => session.Execution.Run;

    /// <summary>Metrics with their units, from the seconds of a call; the most telling one first.</summary>
    public abstract IEnumerable<(string Metric, double Value)> Figures(double seconds);

    /// <summary>Runs a session that is as it was fed, and says what came out.</summary>
    public abstract IEnumerable<(string Metric, double Value)> Check(Session session);
}
